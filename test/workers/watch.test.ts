import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../activities/data/read-manifest.js';
import type { components } from '../../cli/generated/api.js';
import { openBlobKeeper } from '../../db/blobs/s3-blob-keeper.js';
import { until } from '../../scripts/soak/chaos/until.js';
import { packageRoot } from '../../stack/package-root.js';
import { openReleaseRoom, type ReleaseRoom } from './release-room.js';

type Monitoring = components['schemas']['Monitoring'];
type Incident = components['schemas']['IncidentDetail'];
type EndpointValue = components['schemas']['EndpointValue'];

const patienceMs = 200_000;
const monitoring = `
monitoring:
  windows: { every: 1 day, lateness: 1 hour }
  truth: { every: 1 day, lateness: 1 hour, leastRows: 100 }
value:
  unit: EUR
  outcomes: { rightAlarm: 3, falseAlarm: -1, missed: -4, rightSilence: 0.5 }
  costs: { trainingMinute: 60, servingMinute: 0.5 }
triggers:
  handling: { coolDown: 1 day }
`;

/** The rows that the model was made from, as they come in requests. */
const points = readFileSync(join(packageRoot(), 'test/fixtures/tiny-model/data/points.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number))
  .map(([, x = 0, y = 0, label = 0]) => ({ x, y, label }));

const at = (day: number, hour: number) => new Date(Date.UTC(2025, 2, day, hour)).toISOString();

let room: ReleaseRoom;
beforeAll(async () => {
  room = await openReleaseRoom({
    endpoints: ({ servingUrl }) => ({ RATCHET_SERVING_RECORD: 'on', DATABASE_SERVING_URL: servingUrl }),
    serving: { RATCHET_WATCH_LOOK_SECONDS: '1' },
    model: monitoring,
  });
}, 300_000);
afterAll(() => room.close());

let predictions = 0;
const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const { at: address } = (await room.live()) ?? { at: { http: 'http://127.0.0.1:1' } };
  const response = await fetch(address.http + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { prediction_id?: string };
  expect(response.status, JSON.stringify(answer)).toBe(200);
  if (path === '/predict') predictions += 1;
  return answer;
};

/** A day of traffic, and what turned out to be true of it. */
async function serve(day: number, { shift = 0, unit = 1, wrong = false } = {}): Promise<void> {
  for (let hour = 0; hour < 20; hour += 1) {
    const rows = points.filter((_, row) => row % 20 === hour);
    const asked = rows.map(({ x, y }) => ({ x: (x + shift) * unit, y }));
    const { prediction_id: id } = await post('/predict', asked, { 'x-ratchet-event-at': at(day, hour) });
    const truth = rows.map(({ label }) => (wrong ? 1 - label : label));
    await post('/v2/models/tiny/feedback', { id, truth, at: at(day, hour + 2) });
  }
}

const watched = async () =>
  (await room.ask('GET', '/api/v1/endpoints/tiny/live/monitoring')).body as Monitoring;
const judged = (windows: number) =>
  until(`${windows} windows were judged`, patienceMs, async () => {
    const found = await watched();
    return found.inputs.length >= windows && found.truth.length >= windows ? found : undefined;
  });

/** Takes away the rows that the version was made from; what it gives brings them back. */
async function withoutDataset(): Promise<() => Promise<void>> {
  const { dataset } = await room.stores.registry.get('tiny', 'tiny', '1');
  const { files } = await readManifest(
    { blobs: room.blobs, datasets: room.stores.datasets },
    { project: 'tiny', dataset },
  );
  const keeper = openBlobKeeper(room.bucket);
  const rows = Object.values(files).map(({ sha256 }) => sha256);
  for (const sha256 of rows) await keeper.setAside(sha256);
  return async () => {
    for (const sha256 of rows) await keeper.bringBack(sha256);
    keeper.close();
  };
}

describe('an endpoint that is watched', { timeout: 600_000 }, () => {
  it('has its windows judged as they end, by the time of their events and beside what it was trained on, which is gone', async () => {
    await until('the champion answers', patienceMs, async () => (await room.live()) ?? undefined);
    const bringBack = await withoutDataset();
    await serve(1);
    await serve(2);
    await post('/predict', [{ x: 0, y: 0 }], { 'x-ratchet-event-at': at(3, 2) });
    const { inputs, truth, incidents } = await judged(2);
    expect(inputs.map(({ from, verdict, rows }) => [from, verdict, rows])).toEqual([
      [at(2, 0), 'pass', 400],
      [at(1, 0), 'pass', 400],
    ]);
    const delay = { 'delay:p50': 7200, 'delay:p90': 7200 };
    expect(truth[0]).toMatchObject({ verdict: 'pass', numbers: { labelled: 400, ...delay } });
    expect(truth[0]?.numbers['low:accuracy']).toBeLessThan(truth[0]?.numbers['accuracy'] ?? 0);
    expect(inputs[0]?.numbers).toMatchObject({ 'limit:column:x': expect.any(Number), 'traffic:rows': 400 });
    expect(incidents).toEqual([]);
    await bringBack();
  });

  it('answered as the file of its model does, when that is asked the same again, with an audit row', async () => {
    const asked = { from: at(1, 0), to: at(3, 0) };
    const { body } = await room.ask('POST', '/api/v1/endpoints/tiny/live/replays', asked);
    expect(body).toMatchObject({ compared: 800, differing: 0, unreadable: 0, unknown: 0 });
    expect(body.equal).toBeGreaterThan(0);
    const { body: told } = await room.ask('GET', '/api/v1/audit?project=tiny&action=answers.replayed');
    const details = expect.stringContaining('"compared": 800, "differing": 0');
    expect(told.events).toMatchObject([{ subject: 'live', details }]);
  });

  it('has what its answers were worth added up, beside a constant answer and what they cost', async () => {
    const asked = async (span: string) =>
      (await room.ask('GET', `/api/v1/endpoints/tiny/live/value${span}`)).body as EndpointValue;
    const { rate = 0, recall = 0, accuracy = 0 } = (await watched()).truth[0]?.numbers ?? {};
    const late = points.filter(({ label }) => label === 1).length;
    expect(Math.round(rate * 400)).toBe(late);
    const rightAlarms = Math.round(recall * late);
    const falseAlarms = Math.round(400 * (1 - accuracy)) - (late - rightAlarms);
    const rightSilences = 400 - late - falseAlarms;
    const aDay = 3 * rightAlarms - falseAlarms - 4 * (late - rightAlarms) + 0.5 * rightSilences;
    const constant = Math.max(3 * late - (400 - late), -4 * late + 0.5 * (400 - late));
    const past = await asked('');
    expect(past).toMatchObject({
      ...{ unit: 'EUR', model: 'tiny', from: at(1, 0), to: at(3, 0), windows: { counted: 2, leftOut: 0 } },
      ...{ rows: { answered: 800, valued: 800 }, value: { sum: 2 * aDay, perRow: aDay / 400 } },
      ...{ baseline: { sum: 2 * constant }, gain: { sum: 2 * (aDay - constant) } },
      // Of traffic of the past nothing was there by the clock, and no run began then.
      ...{ training: { runs: 0, minutes: 0, cost: 0 }, serving: null, cost: null, net: null },
    });
    expect(past.value?.low).toBeLessThan(past.value?.perRow ?? 0);
    const { value, training, serving, cost, net } = await asked(`?from=${at(1, 0)}&to=2999-01-01T00:00:00Z`);
    const { body } = await room.ask('GET', '/api/v1/runs?project=tiny');
    const steps = await room.stores.runs.steps(body.runs[0].id);
    const trainedMs = steps.find(({ name }) => name === 'train')?.ms ?? 0;
    expect(training.runs).toBe(1);
    expect(training.cost).toBeCloseTo(trainedMs / 1000, 1);
    expect(trainedMs).toBeGreaterThan(0);
    expect(serving?.minutes).toBeGreaterThan(0);
    expect(cost).toBeCloseTo(training.cost + 0.5 * (serving?.minutes ?? 0), 6);
    expect(net).toBeCloseTo((value?.sum ?? 0) - (cost ?? 0), 6);
  });

  it('is drawn as one page, and told to Prometheus', async () => {
    const { body } = await room.ask('GET', '/api/v1/endpoints/tiny/live/monitoring/report');
    const { charts } = body as components['schemas']['MonitoringReport'];
    const names = charts.map(({ name }) => name);
    for (const name of ['traffic', 'quality-logLoss', 'label-delay', 'value', 'score-shares', 'drift-2'])
      expect(names).toContain(name);
    const [standing] = await room.stores.watches.standings();
    expect(standing?.newest.map(({ line, from }) => [line, from])).toEqual([
      ['inputs', at(2, 0)],
      ['truth', at(2, 0)],
    ]);
  });

  it('opens an incident for a world that moved and answers that suffer, and asks for one run', async () => {
    for (const day of [3, 4, 5]) await serve(day, { shift: 3, wrong: true });
    await post('/predict', [{ x: 0, y: 0 }], { 'x-ratchet-event-at': at(6, 2) });
    const { incidents } = await judged(5);
    expect(incidents).toMatchObject([{ kind: 'harmful-drift', routedTo: ['retrain'], closedAt: null }]);
    const id = incidents[0]?.id ?? '';
    const incident = await until('the run that it asked for was decided about', patienceMs, async () => {
      const { body } = await room.ask('GET', `/api/v1/incidents/${id}`);
      const found = body as Incident;
      return found.run?.runId || found.run?.rule ? found : undefined;
    });
    expect(incident.sights.at(-1)?.because).toContain('moved: x');
    const { body } = await room.ask('GET', '/api/v1/triggers?kind=monitoring');
    expect(body.events).toMatchObject([{ key: `incident:${id}`, repeats: 0 }]);
  });

  it('lets people look after an incident, close it, and silence what they know of', async () => {
    const [incident] = (await watched()).incidents;
    const of = `/api/v1/incidents/${incident?.id}`;
    expect((await room.ask('POST', `${of}/acknowledge`)).body).toMatchObject({
      acknowledgedBy: expect.any(String),
    });
    const closed = await room.ask('POST', `${of}/close`, { reason: 'it is a test' });
    expect(closed.body).toMatchObject({ closedBecause: 'it is a test', closedBy: expect.any(String) });
    expect((await room.ask('POST', `${of}/close`, { reason: 'again' })).status).toBe(409);
    const silence = { reason: 'a fair', until: '2099-01-01T00:00:00Z' };
    await room.ask('POST', '/api/v1/endpoints/tiny/live/silences', silence);
    expect(await watched()).toMatchObject({ incidents: [], silences: [{ reason: 'a fair', kind: null }] });
    const past = { ...silence, until: '2020-01-01T00:00:00Z' };
    expect((await room.ask('POST', '/api/v1/endpoints/tiny/live/silences', past)).status).toBe(400);
  });

  it('lets no automatic run start while data is wrong, and says what it waits for', async () => {
    await serve(6);
    await serve(7, { unit: 1000 });
    await post('/predict', [{ x: 0, y: 0 }], { 'x-ratchet-event-at': at(8, 2) });
    await judged(7);
    const incident = (await watched()).incidents.find(({ kind }) => kind === 'data-skew');
    expect(incident).toMatchObject({ cause: 'skew:unit-change', blocksRetraining: true });
    const alarm = { alarm: 'of another program', rule: 'any', id: 'a1' };
    expect((await room.ask('POST', '/api/v1/models/tiny/tiny/alarms', alarm)).status).toBe(202);
    const sent = async () => {
      const { body } = await room.ask('GET', '/api/v1/triggers?kind=monitoring');
      return (body.events as components['schemas']['TriggerEvent'][]).find(({ key }) => key === 'alarm:a1');
    };
    expect(await sent()).toMatchObject({ outcome: null });
    const { body } = await room.ask('GET', `/api/v1/triggers/${(await sent())?.id}`);
    expect(body.waitsFor).toContain(`incident ${incident?.id} of endpoint live`);
    await room.ask('POST', `/api/v1/incidents/${incident?.id}/close`, { reason: 'the unit is known' });
    await until('the alarm was decided about', patienceMs, async () => (await sent())?.outcome ?? undefined);
  });

  it('goes on where its worker is killed, and judges no window twice', async () => {
    await room.replaceServing();
    await serve(8);
    await post('/predict', [{ x: 0, y: 0 }], { 'x-ratchet-event-at': at(9, 2) });
    const { inputs } = await judged(8);
    expect(inputs.map(({ from }) => from)).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map((day) => at(day, 0)));
  });

  it('has every request counted by what became of it and how long it took, in the minute of its server', async () => {
    const { at: address } = (await room.live()) ?? { at: { http: '' } };
    const inputs = [{ name: 'z', datatype: 'FP32', shape: [1, 1], data: [0] }];
    const wrong = await fetch(`${address.http}/v2/models/tiny/infer`, {
      method: 'POST',
      body: JSON.stringify({ inputs }),
    });
    expect(wrong.status).toBe(400);
    await expect.poll(async () => (await watched()).lastHour?.refused, { timeout: 2 * patienceMs }).toBe(1);
    const { lastHour } = await watched();
    expect(lastHour).toMatchObject({ answered: predictions, failed: 0, failedShare: 0 });
    expect(lastHour?.p50Ms).toBeLessThanOrEqual(lastHour?.p99Ms ?? 0);
    const { body } = await room.ask('GET', '/api/v1/endpoints/tiny/live/traffic?step=hour');
    const { points } = body as components['schemas']['Traffic'];
    const answered = points.map((of) => of.answered).reduce((sum, count) => sum + count, 0);
    expect(answered).toBe(predictions);
    expect(points[0]?.custom['application_rows{outcome="answered"}']?.kind).toBe('counter');
    const tooMany = '?step=minute&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z';
    const refused = await room.ask('GET', `/api/v1/endpoints/tiny/live/traffic${tooMany}`);
    expect([refused.status, refused.body.error?.message ?? refused.body.message]).toEqual([
      400,
      expect.stringContaining('44640 steps of a minute: allowed are 1500'),
    ]);
  });
});
