import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graph, model, node, tensor, value } from '../domain/onnx/onnx-writer.js';
import { applicationFiles } from '../serving/application/served-application.js';
import { put } from '../serving/serving-room.js';
import { addsTo } from '../serving/small-models.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';
import { type RecordingHost, startHost } from './recording-host.js';

const folder = mkdtempSync(join(tmpdir(), 'ratchet recorded application '));
const hosts: RecordingHost[] = [];
let fresh: FreshDatabase;
let app: Sql;
beforeAll(async () => {
  fresh = await freshDatabase();
  app = postgres(fresh.appUrl, { max: 1, onnotice: () => undefined });
  const preprocess =
    'if (row.a < 0) throw new Refusal("a is negative"); return { x: row.a === 6 ? "six" : row.a * 10 };';
  put(join(folder, 'built'), applicationFiles({ preprocess }));
});
afterAll(async () => {
  for (const { child, ended } of hosts) {
    child.kill('SIGKILL');
    await ended;
  }
  await app.end();
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

async function hostOf(name: string, bytes: Uint8Array): Promise<RecordingHost> {
  put(join(folder, name), { [`models/${name}/1/model.onnx`]: bytes });
  const host = await startHost({
    RATCHET_SERVING_REPOSITORY: join(folder, name, 'models'),
    RATCHET_SERVING_APPLICATION: join(folder, 'built'),
    RATCHET_SERVING_RECORD: 'on',
    RATCHET_SERVING_SPOOL_DIR: join(folder, name, 'spool'),
    DATABASE_SERVING_URL: fresh.servingUrl,
  });
  hosts.push(host);
  return host;
}

async function post({ http }: RecordingHost, path: string, body: string, headers = {}) {
  const response = await fetch(`${http}${path}`, { method: 'POST', body, headers });
  return { id: response.headers.get('x-ratchet-prediction-id'), text: await response.text() };
}

const storedOf = async (name: string) =>
  (
    await app`
      select p.id::text, p.row, p.request_id, p.inputs, f.truth
      from predictions p join served_models s on s.id = p.served
      left join feedback f on f.prediction_at = p.at and f.prediction_id = p.id and f.row = p.row
      where s.model = ${name} order by (p.inputs->>'x')::int`
  ).map((row) => Object.values(row));

it('an answer of a serving application has the id of its prediction, whose inputs are what the model got', async () => {
  const host = await hostOf('adds', addsTo(1));
  const whole = await post(host, '/predict', '{"instances":[{"a":1},{"a":2}],"id":"mine"}');
  expect(JSON.parse(whole.text)).toEqual({
    ...{ predictions: [{ y: 11 }, { y: 21 }], model_name: 'adds', model_version: '1', id: 'mine' },
    prediction_id: whole.id,
  });
  const refused = await post(host, '/predict', '[{"a":-1}]');
  expect([refused.id, JSON.parse(refused.text)]).toEqual([null, { error: 'row 0: a is negative' }]);
  const lines = '{"a":4}\n{"a":-1}\n{"a":6}\n{"a":7}\n';
  const streamed = await post(host, '/predict', lines, { 'content-type': 'application/x-ndjson' });
  const answers = streamed.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { prediction_id: string; row: number });
  expect(answers).toEqual([
    { prediction: { y: 41 }, model_version: '1', prediction_id: expect.any(String), row: 0 },
    { error: 'a is negative' },
    { error: 'the application failed on this row, in preprocess' },
    { prediction: { y: 71 }, model_version: '1', prediction_id: expect.any(String), row: 0 },
  ]);
  const [four, , , seven] = answers;
  const told = { id: whole.id, truth: [null, 'late'] };
  const { text } = await post(host, '/v2/models/adds/feedback', JSON.stringify(told));
  expect(JSON.parse(text)).toMatchObject({ accepted: 1 });
  const wanted = [
    [whole.id, 0, 'mine', { x: 10 }, null],
    [whole.id, 1, 'mine', { x: 20 }, 'late'],
    [four?.prediction_id, 0, null, { x: 40 }, null],
    [seven?.prediction_id, 0, null, { x: 70 }, null],
  ];
  await expect.poll(() => storedOf('adds')).toEqual(wanted);
});

it('rows that a model takes one at a time are predictions of their own, each with its id', async () => {
  const host = await hostOf('single', addsOneRow());
  const { id, text } = await post(host, '/predict', '[{"a":1},{"a":2}]');
  const { prediction_ids: ids, ...others } = JSON.parse(text) as { prediction_ids: readonly string[] };
  expect([id, others]).toEqual([null, expect.not.objectContaining({ prediction_id: expect.anything() })]);
  expect(new Set(ids).size).toBe(2);
  const wanted = [
    [ids[0], 0, null, { x: 10 }, null],
    [ids[1], 0, null, { x: 20 }, null],
  ];
  await expect.poll(() => storedOf('single')).toEqual(wanted);
});

/** `y = x + 1`, of one row and no more. */
function addsOneRow(): Uint8Array {
  const one = [1, 1] as const;
  const weights = tensor({ name: 'w', dims: [1, 1], raw: new Uint8Array(Float32Array.of(1).buffer) });
  return model({
    graph: graph({
      nodes: [node('Add', ['x', 'w'], ['y'])],
      initializers: [weights],
      inputs: [value('x', 1, one)],
      outputs: [value('y', 1, one)],
    }),
  });
}
