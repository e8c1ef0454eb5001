import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application } from './application.ts';
import { modelRow, timetable } from './model-row.ts';
import { reasonsOf } from './reasons.ts';
import { sampleFlight } from './sample-flight.ts';

const [plain, windy] = application.examples;
const model = { name: 'late-arrival', version: '1' };

test('a timetable is told as minutes and a day of the week', () => {
  assert.deepEqual(timetable('2013-03-15T18:30'), { minutes: 1110, weekday: 5 });
  assert.deepEqual(timetable('2013-03-17T00:00'), { minutes: 0, weekday: 7 });
});

test('a time that is none is refused', () => {
  for (const bad of ['2013-02-30T10:00', '2013-03-15 18:30', '2013-03-15T24:00', 'soon', '']) {
    assert.throws(() => timetable(bad), { name: 'Refusal' });
  }
});

test('what is not known of a flight is null for the model', () => {
  assert.ok(plain);
  const row = modelRow(plain);
  assert.equal(row.sched_min, 1110);
  assert.equal(row.dest, 'ORD');
  assert.equal(row.temp, null);
  assert.equal(Object.values(row).includes(undefined as never), false);
});

test('a flight without a distance is refused', () => {
  assert.ok(plain);
  assert.throws(() => modelRow({ ...plain, distanceMiles: 0 }), {
    name: 'Refusal',
    message: /distanceMiles/,
  });
});

test('reasons are told in their order', () => {
  assert.ok(plain && windy);
  assert.deepEqual(reasonsOf(plain), ['evening']);
  assert.deepEqual(reasonsOf(windy), ['late-plane', 'weather']);
  assert.deepEqual(reasonsOf({ ...windy, windMph: null, visibilityMiles: 3, planeLastDelay: 14.9 }), []);
});

test('the answer has probability, label and reasons, and is counted', async () => {
  assert.ok(plain);
  const told: unknown[] = [];
  const recorder = {
    inc: (labels: unknown) => told.push(labels),
    set: () => undefined,
    observe: (value: unknown) => told.push(value),
  };
  const metrics = { flights: recorder, probability: recorder };
  const around = { model, metrics, row: plain, modelRow: modelRow(plain) };
  const answer = await application.postprocess({ label: 1, probabilities: [0.3, 0.7] }, around);
  assert.deepEqual(answer, { probability: 0.7, label: 'late', reasons: ['evening'] });
  assert.deepEqual(told, [{ origin: 'EWR', label: 'late' }, 0.7]);
});

test('a row of the dataset comes back as it was, by way of the API', () => {
  const columns = {
    carrier: 'DL',
    origin: 'LGA',
    dest: 'ATL',
    distance: 762,
    sched_min: 425,
    dow: 7,
    temp: 41,
  };
  const flight = sampleFlight(columns);
  assert.ok(flight);
  assert.equal(flight.departure, '2013-03-17T07:05');
  const row = modelRow(flight);
  for (const [name, value] of Object.entries(columns)) assert.equal(row[name as keyof typeof row], value);
  assert.equal(row.humid, null);
});

test('a row of the dataset without what airlines always know is none', () => {
  assert.equal(sampleFlight({ carrier: 'DL' }), null);
});
