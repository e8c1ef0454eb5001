import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, type Stores } from '../../db/open-database.js';
import { packageRoot } from '../../stack/package-root.js';
import { until } from '../soak/chaos/until.js';
import { createServedProject, endpoint } from '../soak/endpoints/project.js';
import type { BenchReport, Figure } from './figures.js';
import { type BenchStack, withStack } from './with-stack.js';

const project = 'bench-incident';
const [windowMs, latenessMs, restMs] = [60_000, 5000, 5000];
const [everyMs, rowsAtOnce] = [250, 5];
const patienceMs = 300_000;
/** Once is enough here: what is measured is the way, not the certainty. */
const model = `monitoring:
  windows: { every: 1 minute, lateness: 5 seconds }
  drift: { persistence: { needs: 1, of: 1 } }
`;

interface Row {
  readonly x: number;
  readonly y: number;
}

/** What happens to rows from one moment on, each beginning with a window, so that nothing of it is over earlier. */
const conditions = [
  { what: 'an input moves', change: ({ x, y }: Row) => ({ x: x + 3, y }) },
  { what: 'a unit changes', change: ({ x, y }: Row) => ({ x, y: y * 1000 }) },
] as const;

/** From the first row of a changed world to the incident of it, at an endpoint whose windows are a minute long. */
export async function benchIncident(folder: string): Promise<BenchReport> {
  await rm(join(folder, 'work'), { recursive: true, force: true });
  const tookS = await withStack(join(folder, 'state'), (bench) => measure(bench, join(folder, 'work')));
  const mostS = (windowMs + latenessMs + restMs) / 1000;
  return {
    name: 'incident',
    about: `rows that change as a window of ${windowMs / 1000} s begins, until the incident is there; ${latenessMs / 1000} s of lateness`,
    figures: conditions.flatMap(({ what }, at): Figure[] => [
      { what, value: tookS[at] ?? Number.NaN, unit: 's', limit: mostS },
      {
        what: 'of that after the window and the lateness',
        value: (tookS[at] ?? Number.NaN) - (windowMs + latenessMs) / 1000,
        unit: 's',
      },
    ]),
    notes: [],
  };
}

async function measure({ stack, api }: BenchStack, workDir: string): Promise<readonly number[]> {
  const database = await openDatabase({ url: stack.database.app, poolSize: 2, application: 'bench' });
  const { stores } = database;
  try {
    const served = await createServedProject({ api, stores, workDir }, project, { model });
    const traffic = startTraffic(`${served.first.at.http}/predict`, await readPoints());
    try {
      await until('a window of the usual world was judged', patienceMs, async () => {
        const newest = await stores.watches.newest({ project, endpoint }, 'inputs');
        return newest?.verdict === 'pass' || undefined;
      });
      const tookS: number[] = [];
      for (const { change } of conditions) tookS.push(await untilIncident(stores, traffic, change));
      return tookS;
    } finally {
      await traffic.stop();
    }
  } finally {
    await database.close();
  }
}

/** Begins with the next window. Seconds until there is another incident than before. */
async function untilIncident(stores: Stores, traffic: Traffic, change: (row: Row) => Row): Promise<number> {
  const found = async () => (await stores.watches.incidents({ projects: [project], endpoint })).incidents;
  const before = new Set((await found()).map(({ id }) => id));
  await sleep(windowMs - (Date.now() % windowMs));
  const began = performance.now();
  traffic.become(change);
  await until('an incident is there', patienceMs, async () => {
    traffic.requireWell();
    return (await found()).find(({ id }) => !before.has(id));
  });
  return (performance.now() - began) / 1000;
}

interface Traffic {
  become(change: (row: Row) => Row): void;
  /** Error: that of a request that was not answered. */
  requireWell(): void;
  stop(): Promise<void>;
}

/** Rows of the usual world, a few at a time, none of them twice. */
function startTraffic(url: string, points: readonly Row[]): Traffic {
  let change = (row: Row): Row => row;
  let failure: unknown;
  let isOver = false;
  async function ask(request: number): Promise<void> {
    const rows = Array.from({ length: rowsAtOnce }, (_, at) => {
      const { x = 0, y = 0 } = points[(request * rowsAtOnce + at) % points.length] ?? {};
      return change({ x: x + request * 1e-7, y });
    });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(rows) });
    if (!response.ok) throw new Error(`a request was answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }
  async function keepAsking(): Promise<void> {
    const began = performance.now();
    for (let request = 0; !isOver; request += 1) {
      await ask(request);
      await sleep(Math.max(0, began + (request + 1) * everyMs - performance.now()));
    }
  }
  const asking = keepAsking().catch((error: unknown) => {
    failure = error;
  });
  return {
    become: (next) => {
      change = next;
    },
    requireWell: () => {
      if (failure !== undefined) throw failure;
    },
    stop: async () => {
      isOver = true;
      await asking;
    },
  };
}

/** The rows that the model is made from. */
async function readPoints(): Promise<readonly Row[]> {
  const path = join(packageRoot(), 'test/fixtures/tiny-model/data/points.csv');
  const [, ...lines] = (await readFile(path, 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [, x = 0, y = 0] = line.split(',').map(Number);
    return { x, y };
  });
}
