import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { put } from '../serving/serving-room.js';
import { passes } from '../serving/small-models.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';
import { type RecordingHost, startHost } from './recording-host.js';

const secret = 'Jane-Doe-of-Elm-Street';
const seat = 9_007_199_254_740_993n;
const folder = mkdtempSync(join(tmpdir(), 'ratchet hidden '));
const spool = join(folder, 'spool');
let fresh: FreshDatabase;
let app: Sql;
let host: RecordingHost | undefined;
beforeAll(async () => {
  fresh = await freshDatabase();
  app = postgres(fresh.appUrl, { max: 1, onnotice: () => undefined });
  put(folder, { 'models/passes/1/model.onnx': passes(['string', 'int64', 'float32', 'bool']) });
});
afterAll(async () => {
  host?.child.kill('SIGKILL');
  await host?.ended;
  await app.end();
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

const start = (more: Readonly<Record<string, string>>) =>
  startHost({
    RATCHET_SERVING_REPOSITORY: join(folder, 'models'),
    RATCHET_SERVING_RECORD: 'on',
    RATCHET_SERVING_SPOOL_DIR: spool,
    RATCHET_SERVING_RECORD_MASK: 'string,int64',
    RATCHET_SERVING_RECORD_DROP: 'float32',
    RATCHET_SERVING_MASK_KEY: 'the key of this suite',
    ...more,
  });

async function ask({ http }: RecordingHost, text: string): Promise<string> {
  const tensors = [
    { name: 'string', datatype: 'BYTES', data: [text] },
    { name: 'int64', datatype: 'INT64', data: [String(seat)] },
    { name: 'float32', datatype: 'FP32', data: [1234.5] },
    { name: 'bool', datatype: 'BOOL', data: [true] },
  ];
  const body = JSON.stringify({
    inputs: tensors.map((tensor) => ({ ...tensor, shape: [1, 1] })),
    outputs: [{ name: 'out_bool' }],
  }).replaceAll(`"${seat}"`, String(seat));
  const response = await fetch(`${http}/v2/models/passes/infer`, { method: 'POST', body });
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('out_bool')]);
  return response.headers.get('x-ratchet-prediction-id') ?? '';
}

async function end(of: RecordingHost): Promise<void> {
  of.child.kill('SIGTERM');
  await of.ended;
}

describe('inputs that must not be kept', () => {
  it('are not on the disk, where records wait for the database, in any form', async () => {
    host = await start({ DATABASE_SERVING_URL: 'postgres://nobody:nothing@127.0.0.1:9/none' });
    await ask(host, secret);
    await end(host);
    const files = readdirSync(spool, { recursive: true, withFileTypes: true }).filter((of) => of.isFile());
    const written = Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
    expect(written.includes('masked:')).toBe(true);
    expect(written.includes(secret)).toBe(false);
    const seatBytes = Buffer.alloc(8);
    seatBytes.writeBigInt64LE(seat);
    const dropped = Buffer.alloc(4);
    dropped.writeFloatLE(1234.5);
    expect([written.includes(seatBytes), written.includes(dropped)]).toEqual([false, false]);
    expect(written.includes('the key of this suite')).toBe(false);
  });

  it('are not in Postgres, and the same value has the same digest', async () => {
    host = await start({ DATABASE_SERVING_URL: fresh.servingUrl });
    await ask(host, secret);
    await ask(host, 'another');
    const stored = async () =>
      (await app`select inputs, outputs from predictions order by at`).map((row) => ({ ...row }));
    await expect.poll(stored).toHaveLength(3);
    await end(host);
    const rows = (await stored()) as unknown as { inputs: Record<string, unknown>; outputs: object }[];
    const digest = expect.stringMatching(/^masked:[0-9a-f]{32}$/);
    expect(rows[0]).toEqual({
      inputs: { string: digest, int64: digest, bool: true },
      outputs: { out_bool: true },
    });
    expect(rows[1]?.inputs['string']).toBe(rows[0]?.inputs['string']);
    expect(rows[2]?.inputs['string']).not.toBe(rows[0]?.inputs['string']);
    const [dump] = await app`select string_agg(t::text, '') as text from (
      select p::text as t from predictions p union all select s::text from served_models s) all_rows`;
    expect(dump?.['text']).not.toMatch(new RegExp(`${secret}|${seat}|1234`));
  });

  it('are not recorded without a key where they are to be masked: the server does not start', async () => {
    const keyless = start({ DATABASE_SERVING_URL: fresh.servingUrl, RATCHET_SERVING_MASK_KEY: '' });
    await expect(keyless).rejects.toThrow(/RATCHET_SERVING_MASK_KEY/);
  });

  it('of a share of the predictions the others are told apart by their ids, and counted', async () => {
    host = await start({ DATABASE_SERVING_URL: fresh.servingUrl, RATCHET_SERVING_RECORD_SAMPLE: '0.5' });
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) ids.push(await ask(host, `${n}`));
    const unsampled = ids.filter((id) => id[14] === '8');
    expect(unsampled.length).toBeGreaterThan(3);
    expect(unsampled.length).toBeLessThan(37);
    const response = await fetch(`${host.http}/v2/models/passes/feedback`, {
      ...{ method: 'POST', body: JSON.stringify(ids.map((id) => ({ id, truth: 1 }))) },
    });
    const accepted = ids.length - unsampled.length;
    expect(await response.json()).toEqual({
      accepted,
      duplicate: 0,
      unknown: 0,
      unsampled: unsampled.length,
    });
    const metrics = await (await fetch(host.metrics)).text();
    expect(metrics).toContain(`ratchet_record_unsampled_total ${unsampled.length}`);
    const stored = async () => (await app`select prediction_id::text as id from feedback`).length;
    await expect.poll(stored).toBe(accepted);
    expect(await app`select 1 from feedback_aside`).toHaveLength(0);
    await end(host);
  });
});
