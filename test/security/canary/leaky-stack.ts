import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { components } from '../../../cli/generated/api.js';
import { packageRoot } from '../../../stack/package-root.js';
import { type StackPaths, stackPaths } from '../../../stack/stack-paths.js';
import { type RunningStack, startStack } from '../../../stack/start-stack.js';
import { inDatabase, withAdmin } from '../../setup/database-template.js';
import { withoutSettings } from '../../setup/settings-free.js';
import type { TinyRepository } from '../../workers/tiny-repository.js';
import { openLake } from './lake.js';
import { type Canaries, createLeakyRepository, secretFiles, writeSecrets } from './leaky-project.js';

type RunDetail = components['schemas']['RunDetail'];

/** A whole stack of real processes, with the leaky project, its database and its bucket. */
export interface LeakyStack {
  readonly stack: RunningStack;
  readonly paths: StackPaths;
  readonly repository: TinyRepository;
  /** What the supervisor said. */
  readonly lines: readonly string[];
  ask(path: string, body?: object): Promise<string>;
  /** Starts a run and waits until it is as wanted. */
  train(asked: object, wanted?: (run: RunDetail) => boolean): Promise<RunDetail>;
  /** Kills every store under the processes that use them, and waits until all of them are back. */
  killStores(): Promise<void>;
  close(): Promise<void>;
}

const patienceMs = 90_000;

export async function openLeakyStack(home: string, canaries: Canaries): Promise<LeakyStack> {
  const rows = Array.from({ length: 400 }, (_, id) => `${id},${id / 400}`);
  const lake = await openLake(
    { key: 'more.csv', text: ['id,z', ...rows, ''].join('\n') },
    canaries.lakeKeyId,
  );
  const lines: string[] = [];
  const env = { ...withoutSettings(process.env), RATCHET_SHUTDOWN_GRACE_MS: '1000' };
  const log = (part: string, text: string) => lines.push(`${part} ${text}`);
  const stack = await startStack({ stateDir: join(home, 'state'), processes: true, ui: true, env, log });
  const paths = stackPaths(stack.stateDir);
  const database = new URL(inDatabase(stack.database.owner, 'warehouse'));
  await makeWarehouse(stack, canaries.password);
  await writeSecrets(
    paths.secrets,
    secretFiles(canaries, { database: database.host + database.pathname, lake: lake.endpoint }),
  );
  const repository = await createLeakyRepository(join(home, 'repository'), canaries);
  const token = readFileSync(stack.tokenFile, 'utf8').trim();
  const ask = (path: string, body?: object) => askGateway(stack.urls['gateway'] + path, token, body);
  await ask('/api/v1/projects', { repo: repository.path });
  return {
    stack,
    paths,
    repository,
    lines,
    ask,
    async train(asked, wanted = ({ endedAt }) => endedAt !== null) {
      const { id } = JSON.parse(
        await ask('/api/v1/runs', { project: 'tiny', model: 'tiny', ...asked }),
      ) as RunDetail;
      for (const untilMs = Date.now() + patienceMs; ; await sleep(200)) {
        const text = await ask(`/api/v1/runs/${id}`);
        const run = JSON.parse(text) as RunDetail;
        if (wanted(run)) return run;
        if (Date.now() > untilMs) throw new Error(`the run never came to it: ${text}`);
      }
    },
    killStores: () => killStores(stack, ask),
    async close() {
      await stack.stop();
      lake.close();
    },
  };
}

async function killStores(stack: RunningStack, ask: (path: string) => Promise<string>): Promise<void> {
  const stores = ['temporal', 'postgres', 's3'];
  const pidOf = (part: string) => stack.parts()[part]?.process?.pid ?? 0;
  const before = new Map(stores.map((part) => [part, pidOf(part)]));
  for (const pid of before.values()) if (pid !== 0) process.kill(pid, 'SIGKILL');
  const isBack = (part: string) => stack.parts()[part]?.state === 'ready' && pidOf(part) !== before.get(part);
  for (const untilMs = Date.now() + patienceMs; !stores.every(isBack); await sleep(100)) {
    await ask('/api/v1/runs');
    if (Date.now() > untilMs) throw new Error(`a store did not come back: ${JSON.stringify(stack.parts())}`);
  }
}

/** A database of the company with the rows of the tiny model, and a reader with this password. */
async function makeWarehouse({ database }: RunningStack, password: string): Promise<void> {
  const { admin } = database;
  if (admin === null) throw new Error('the stack has no database of its own');
  const data = readFileSync(join(packageRoot(), 'test/fixtures/tiny-model/data/points.csv'), 'utf8');
  const points = data
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => `(${line})`);
  await withAdmin(admin, async (sql) => {
    await sql.unsafe(`create role reader login password '${password.replaceAll("'", "''")}'`);
    await sql.unsafe('create database warehouse');
  });
  await withAdmin(inDatabase(admin, 'warehouse'), async (sql) => {
    await sql.unsafe('create table points (id int, x float8, y float8, label int)');
    await sql.unsafe(`insert into points values ${points.join(', ')}`);
    await sql.unsafe('grant select on points to reader');
  });
}

async function askGateway(url: string, token: string, body: object | undefined): Promise<string> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return await response.text();
}
