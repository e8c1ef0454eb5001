import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connect } from '../../db/client.js';
import { createPredictionSink } from '../../db/predictions.js';
import { deliverSegment } from '../../serving/record/deliver-segment.js';
import { Recorder } from '../../serving/record/recorder.js';
import { Spool } from '../../serving/record/spool.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { servingRoom } from '../serving/serving-room.js';
import { addsTo } from '../serving/small-models.js';
import { makeTemplate, withAdmin } from '../setup/database-template.js';
import { withoutSettings } from '../setup/settings-free.js';
import type { SharedStack } from '../setup/shared-stack.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';
import { answered } from './answered-rows.js';
import { askUntilGone, type RecordingHost, startHost } from './recording-host.js';
import { delivered, recordingRoom, storedRows } from './recording-room.js';

// Its Postgres is killed, so that no other suite may stand on it.
const home = makeHome();
let stack: RunningStack;
let server: SharedStack['database'];
beforeAll(async () => {
  const env = withoutSettings(process.env);
  const stateDir = join(home, 'state');
  stack = await startStack({ stateDir, processes: false, ui: false, log: () => undefined, env });
  const { admin, serving, ...others } = stack.database;
  if (admin === null || serving === null) throw new Error('the stack has no database of its own');
  server = { ...others, admin, serving };
  await makeTemplate(admin, server.owner);
});
afterAll(async () => {
  await stack?.stop();
  removeHome(home);
});

const room = recordingRoom(() => server);
const models = servingRoom();
const hosts: RecordingHost[] = [];
afterEach(async () => {
  for (const { child, ended } of hosts.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

test('while Postgres is away predictions are made and kept, and are delivered in order when it is back', async () => {
  const { app, servingUrl } = await room.database();
  const { recorder, numbers, log } = room.record({ databaseUrl: servingUrl });
  await recorder.record(answered(0));
  await delivered({ numbers }, 1);
  await killPostgres();
  const ids: (string | undefined)[] = [];
  for (let n = 1; n <= 50; n += 1) {
    ids.push(await recorder.record(answered(n)));
    if (n % 10 === 0) recorder.roll();
  }
  expect(ids.filter((id) => id === undefined)).toEqual([]);
  await delivered({ numbers }, 51);
  await expect.poll(() => storedRows(app).catch(() => [])).toHaveLength(51);
  const inOrderOfStoring = await app`select (inputs->>'x')::int as x from predictions order by ctid`;
  expect(inOrderOfStoring.map(({ x }) => x)).toEqual(Array.from({ length: 51 }, (_, n) => n));
  expect(numbers()).toMatchObject({ dropped: 0, setAside: 0, records: 0 });
  expect(log.filter((line) => /password|postgres:\/\//.test(line))).toEqual([]);
});

test('a thread that delivers and dies is replaced, and the new one goes on', async () => {
  const { app, servingUrl } = await room.database();
  const threads: Worker[] = [];
  const note = (thread: Worker) => threads.push(thread);
  process.on('worker', note);
  const { recorder, numbers } = room.record({ databaseUrl: servingUrl });
  await recorder.record(answered(1));
  await delivered({ numbers }, 1);
  await threads[0]?.terminate();
  await recorder.record(answered(2));
  await delivered({ numbers }, 2);
  process.off('worker', note);
  expect(threads).toHaveLength(2);
  expect((await storedRows(app)).map(({ x }) => x)).toEqual([1, 2]);
});

test('who is cut off between storing a segment and removing it stores nothing twice', async () => {
  const { app, servingUrl } = await room.database();
  const folder = room.spoolFolder();
  const spool = new Spool({
    ...{ folder, mostBytes: 1e6, segmentBytes: 1e6, segmentMs: 3_600_000 },
    ...{ onDue: () => undefined, onClosed: () => undefined, onTrouble: () => undefined },
  });
  const recorder = new Recorder(spool, 'refuse', () => undefined);
  for (let n = 0; n < 5; n += 1) await recorder.record(answered(n, -n));
  recorder.roll();
  await spool.flushed();
  spool.close();
  const [segment] = spool.undelivered();
  const sink = createPredictionSink(connect(servingUrl, { poolSize: 1, application: 'test' }));
  const cut = {
    ...sink,
    store: (...what: Parameters<typeof sink.store>) => sink.store(...what).then(Promise.reject.bind(Promise)),
  };
  await expect(deliverSegment(folder, segment?.name ?? '', cut)).rejects.toBe(10);
  const again = await deliverSegment(folder, segment?.name ?? '', sink);
  await sink.close();
  expect(again).toMatchObject({ rows: 0, duplicates: 10, setAside: 0 });
  expect(await storedRows(app)).toHaveLength(10);
});

test('a server that is told to end leaves what the database does not take to the next, and that delivers before it ends', async () => {
  const { app, servingUrl } = await room.database();
  const settings = {
    RATCHET_SERVING_REPOSITORY: models.repositoryOf({ 'adds/1/model.onnx': addsTo(1) }),
    RATCHET_SERVING_RECORD: 'on',
    RATCHET_SERVING_SPOOL_DIR: room.spoolFolder(),
  };
  for (const [x, url] of [
    [1, servingUrl.replace(/:\d+\//, ':1/')],
    [2, servingUrl],
  ] as const) {
    const host = await startHost({ ...settings, DATABASE_SERVING_URL: url });
    hosts.push(host);
    const answer = await fetch(`${host.http}/predict`, { method: 'POST', body: `[${x}]` });
    expect(await answer.json()).toMatchObject({ predictions: [x + 1], prediction_id: expect.any(String) });
    host.child.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    expect(host.log()).not.toMatch(/ratchet_serving|postgres:/);
  }
  expect((await storedRows(app)).map(({ x }) => x)).toEqual([1, 2]);
});

/** Any number makes the same moments; another number makes others. */
const seed = Number(process.env['RATCHET_TEST_SEED'] ?? 20260213);

test(`a server that is killed amid answers has recorded all of them, and none twice (seed ${seed})`, async () => {
  const { app, servingUrl } = await room.database();
  const settings = {
    RATCHET_SERVING_REPOSITORY: models.repositoryOf({ 'adds/1/model.onnx': addsTo(1) }),
    RATCHET_SERVING_RECORD: 'on',
    RATCHET_SERVING_SPOOL_DIR: room.spoolFolder(),
    DATABASE_SERVING_URL: servingUrl,
  };
  const answers = new Map<string, number>();
  for (let round = 0; round < 3; round += 1) {
    const host = await startHost(settings);
    hosts.push(host);
    const lastAnswer = 50 + ((seed * (round + 1) * 7919) % 700);
    const told = await askUntilGone(host.http, 'adds', 16, (count) => {
      if (count === lastAnswer) host.child.kill('SIGKILL');
    });
    await host.ended;
    for (const [id, x] of told) answers.set(id, x);
  }
  const last = await startHost(settings);
  hosts.push(last);
  const waiting = async () => {
    const text = await (await fetch(last.metrics)).text();
    return /^ratchet_record_spool_records (\d+)$/m.exec(text)?.[1];
  };
  await expect.poll(waiting).toBe('0');
  const stored = await storedRows(app);
  const found = new Map(stored.map(({ id, x }) => [id, x]));
  expect(found.size).toBe(stored.length);
  expect([...answers].filter(([id, x]) => found.get(id) !== x)).toEqual([]);
  // Those that were written and not told: as many as can be under way when it is killed.
  expect(stored.length - answers.size).toBeLessThanOrEqual(3 * 16);
  expect(stored.filter(({ x, y }) => y !== (x ?? 0) + 1)).toEqual([]);
  last.child.kill('SIGTERM');
  expect(await last.ended).toBe(0);
});

/** Whoever started it starts it again. */
async function killPostgres(): Promise<void> {
  await withAdmin(server.admin, async (sql) => {
    const [row] = await sql<{ pid: number }[]>`
      select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid`;
    process.kill(row?.pid ?? Number.NaN, 'SIGKILL');
  });
}
