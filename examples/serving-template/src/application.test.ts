import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application } from './application.ts';

const counted: unknown[] = [];
const recorder = {
  inc: (labels: unknown) => counted.push(labels),
  set: () => undefined,
  observe: () => undefined,
};
const context = { model: { name: 'my-model', version: '1' }, metrics: { answers: recorder } };

test('a parcel is told to the model by the names of its inputs', async () => {
  const [row] = application.examples;
  assert.ok(row);
  assert.deepEqual(await application.preprocess(row, context), {
    items: 3,
    distance_km: 120,
    depot_late_7d: null,
    depot_parcels_7d: 0,
  });
});

test('a negative distance is refused', () => {
  assert.throws(() => application.preprocess({ items: 1, distanceKm: -1 }, context), /negative/);
});

test('a parcel is late from the threshold on, and counted', async () => {
  const around = { ...context, row: { items: 1, distanceKm: 1 }, modelRow: modelRow() };
  const answer = await application.postprocess({ probabilities: [0.5, 0.5] }, around);
  assert.deepEqual(answer, { late: true, probability: 0.5 });
  assert.deepEqual(counted, [{ late: 'yes' }]);
});

test('an answer without probabilities is an error and no guess', () => {
  const around = { ...context, row: { items: 1, distanceKm: 1 }, modelRow: modelRow() };
  assert.throws(() => application.postprocess({ label: 1 }, around), /no probabilities/);
});

function modelRow() {
  return { items: 1, distance_km: 1, depot_late_7d: null, depot_parcels_7d: 0 };
}
