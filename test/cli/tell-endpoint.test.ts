import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servingWorld } from '../gateway/serving-world.js';
import { type RecordingHost, startHost } from '../recording/recording-host.js';
import { put } from '../serving/serving-room.js';
import { addsTo } from '../serving/small-models.js';
import { type FreshDatabase, freshDatabase } from '../setup/stack.js';
import { type ServedGateway, serveGateway } from './served-gateway.js';

/** The whole way: a server of models that records, the gateway before it, the command line, and the database behind. */
let fresh: FreshDatabase;
let app: Sql;
let host: RecordingHost;
let served: ServedGateway;
let web: string;
const folder = mkdtempSync(join(tmpdir(), 'ratchet told '));
beforeAll(async () => {
  fresh = await freshDatabase();
  app = postgres(fresh.appUrl, { max: 1, onnotice: () => undefined });
  put(folder, { 'models/delay/1/model.onnx': addsTo(1) });
  host = await startHost({
    RATCHET_SERVING_REPOSITORY: join(folder, 'models'),
    RATCHET_SERVING_RECORD: 'on',
    RATCHET_SERVING_SPOOL_DIR: join(folder, 'spool'),
    DATABASE_SERVING_URL: fresh.servingUrl,
  });
  served = await serveGateway();
  const project = await served.room.newProject();
  await servingWorld(served.room, project, { http: host.http, isWanted: false });
  web = `${project}/web`;
});
afterAll(async () => {
  host.child.kill('SIGKILL');
  await Promise.all([host.ended, served.close(), app.end()]);
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

async function answeredTo(x: readonly number[]): Promise<string> {
  const inputs = [{ name: 'x', datatype: 'FP32', shape: [x.length, 1], data: x }];
  const response = await fetch(`${host.http}/v2/models/delay/infer`, {
    ...{ method: 'POST', body: JSON.stringify({ inputs }) },
  });
  return response.headers.get('x-ratchet-prediction-id') ?? '';
}

const send = (...args: string[]) => served.ratchet('feedback', 'send', web, ...args);
const stored = async () =>
  (
    await app`
      select (p.inputs->>'x')::int as x, f.source, f.truth, f.reward from feedback f
      join predictions p on p.at = f.prediction_at and p.id = f.prediction_id and p.row = f.row order by 1, 2`
  ).map(Object.values);

function fileOf(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

describe('ratchet feedback send', () => {
  it('brings truth to its rows, late, twice and in any order; what nobody knows is said to be so', async () => {
    const [first, second] = [await answeredTo([10, 11]), await answeredTo([12])];
    const head = 'prediction_id,row,truth,reward,at,source';
    const lines = [`${second},0,1,,,tower`, `${first},1,0,2.5,2026-03-01T10:00:00Z,`, 'order 66,0,1,,,'];
    const once = await send('--file', fileOf('truth.csv', [head, ...lines]));
    expect([once.stderr, once.stdout]).toEqual(['', 'accepted 2, duplicate 0, unknown 1\n']);
    const again = await send('--file', fileOf('again.csv', [head, ...lines.toReversed()]), '--json');
    expect(again.json).toEqual({ accepted: 0, duplicate: 3, unknown: 0 });
    const single = await send('--prediction', first, '--truth', 'true', '--source', 'tower');
    expect(single).toMatchObject({ exitCode: 0, stdout: 'accepted 1, duplicate 0, unknown 0\n' });
    await expect.poll(stored).toEqual([
      [10, 'tower', true, null],
      [11, 'admin', 0, 2.5],
      [12, 'tower', 1, null],
    ]);
  });

  it('says what was taken before a line that is none, and ends as for wrong input', async () => {
    const id = await answeredTo([20]);
    const path = fileOf('bad.csv', ['prediction_id,truth', `${id},1`, `${id},`]);
    const { exitCode, stdout, stderr } = await send('--file', path);
    expect([exitCode, stdout]).toEqual([2, 'accepted 1, duplicate 0, unknown 0\n']);
    expect(stderr).toContain('bad.csv: line 3: neither truth nor reward is there, asked for is one of them');
  });

  it.each<[readonly string[], number, string]>([
    [[], 2, 'what is told comes from one of --file and --prediction'],
    [['--file', 'x.csv', '--prediction', 'a'], 2, 'one of --file and --prediction'],
    [['--file', 'x.csv', '--truth', '1'], 2, '--truth is beside --file'],
    [['--prediction', 'a'], 2, 'neither truth nor reward is there'],
    [['--prediction', 'a', '--reward', 'much'], 2, 'allowed is a number'],
    [['--prediction', 'a', '--truth', '1', '--row', '1.5'], 2, 'row is "1.5"'],
  ])('tells nothing with %j', async (args, code, words) => {
    const { exitCode, stderr } = await send(...args);
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(words)]);
  });

  it('replays no span without a length, and none that has no time', async () => {
    const replay = (from: string, to: string) =>
      served.ratchet('feedback', 'replay', web, '--from', from, '--to', to);
    const empty = await replay('2026-01-02T00:00:00Z', '2026-01-02T00:00:00Z');
    expect([empty.exitCode, empty.stderr]).toEqual([2, expect.stringContaining('allowed is a later one')]);
    const never = await replay('yesterday', '2026-01-02T00:00:00Z');
    expect([never.exitCode, never.stderr]).toEqual([2, expect.stringContaining('a time as ISO 8601 has it')]);
  });

  it('is for who may tell, and for an endpoint that is there', async () => {
    const nowhere = await served.ratchet('feedback', 'send', `${web}x`, '--prediction', 'a', '--truth', '1');
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([4, expect.stringContaining('ENDPOINT_NOT_FOUND')]);
  });
});
