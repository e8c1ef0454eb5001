import postgres, { type Sql } from 'postgres';
import { connect } from '../../db/client.js';
import { migrate } from '../../db/migrate.js';
import { createRunStore } from '../../db/runs.js';
import type { RunFilter, RunStore } from '../../domain/ports/runs.js';

export interface RunListBench {
  readonly runs: number;
  readonly metricRows: number;
  readonly seedMs: number;
  readonly cases: readonly RunListCase[];
}

export interface RunListCase {
  readonly name: string;
  readonly pages: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const size = { runs: 200_000, metrics: 10 } as const;
const pagesPerCase = 300;

const byAuc = { metric: 'auc', direction: 'higher' } as const;

/** `delay` has half of all runs, `rare` a hundredth; every run has every metric, so none is skipped cheaply. */
const cases: Readonly<Record<string, RunFilter>> = {
  'model, by metric': { project: 'bench', model: 'delay', sortBy: byAuc },
  'model, by metric, lowest first': { model: 'delay', sortBy: { metric: 'loss', direction: 'lower' } },
  'rare model, by metric': { project: 'bench', model: 'rare', sortBy: byAuc },
  'model and rare status, by metric': { project: 'bench', model: 'delay', status: 'refused', sortBy: byAuc },
  'project, by metric': { project: 'bench', sortBy: byAuc },
  'small project, by metric': { project: 'small', sortBy: byAuc },
  'all, by metric, 200 a page': { sortBy: byAuc, limit: 200 },
  'model, by a metric that no run has': { model: 'delay', sortBy: { metric: 'none', direction: 'higher' } },
  'model, newest': { project: 'bench', model: 'delay' },
  'rare model, newest': { project: 'bench', model: 'rare' },
  'waiting, newest': { status: 'waiting' },
  'waiting of a model, by metric': { project: 'bench', model: 'delay', status: 'waiting', sortBy: byAuc },
  'model and rare status, newest': { project: 'bench', model: 'delay', status: 'refused' },
};

/** First pages of `run list` over 200,000 runs with 2 million metric rows. The database is empty before. */
export async function benchRunList(urls: {
  readonly owner: string;
  readonly app: string;
}): Promise<RunListBench> {
  await migrate(urls.owner);
  const owner = postgres(urls.owner, { max: 1, onnotice: () => undefined });
  const database = connect(urls.app, { poolSize: 2, application: 'bench' });
  try {
    const start = performance.now();
    await seed(owner);
    const seedMs = Math.round(performance.now() - start);
    const runs = createRunStore(database);
    const measured: RunListCase[] = [];
    for (const [name, filter] of Object.entries(cases)) measured.push(await measure(runs, name, filter));
    return { runs: size.runs, metricRows: size.runs * size.metrics, seedMs, cases: measured };
  } finally {
    await database.close();
    await owner.end();
  }
}

async function measure(runs: RunStore, name: string, filter: RunFilter): Promise<RunListCase> {
  await runs.list(filter);
  const tookMs: number[] = [];
  for (let page = 0; page < pagesPerCase; page += 1) {
    const start = performance.now();
    await runs.list(filter);
    tookMs.push(performance.now() - start);
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => Number((tookMs[Math.ceil(share * pagesPerCase) - 1] ?? 0).toFixed(1));
  return { name, pages: pagesPerCase, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** The same rows every time: the server's random numbers are seeded. */
async function seed(owner: Sql): Promise<void> {
  await owner`
    insert into projects (name, repo, ref, commit, config)
    select name, '/repositories/' || name, 'main', repeat('a', 40), '{}'
    from unnest(array['bench', 'small']) name`;
  // A row of the audit chain for each would make a chain of one transaction, and is not what is measured.
  await owner`alter table runs disable trigger user`;
  await owner`
    insert into runs (id, project, model, ref, commit, status, causes, created_at, ended_at)
    select 'run-' || md5(n::text), case when n % 200 = 0 then 'small' else 'bench' end,
      case when n % 2 = 0 then 'delay' when n % 100 = 1 then 'rare' else 'model-' || n % 10 end,
      'main', repeat('a', 40),
      case when n % 1000 = 6 then 'running' when n % 500 = 2 then 'refused' when n % 20 = 3 then 'failed' else 'succeeded' end,
      '[{"kind": "manual", "by": "bench", "at": "2024-01-01T00:00:00.000Z"}]',
      timestamptz '2024-01-01' + n * interval '30 seconds',
      case when n % 1000 <> 6 then timestamptz '2024-01-01' + n * interval '31 seconds' end
    from generate_series(1, ${size.runs}::int) n`;
  await owner`alter table runs enable trigger user`;
  await owner`
    insert into run_steps (run_id, name, fence, status, attempt, started_at, ended_at)
    select id, 'register', 1, case when status <> 'running' then 'succeeded' when hashtext(id) % 2 = 0 then 'waiting' else status end,
      1, created_at, ended_at from runs`;
  const restore = await liftIndexes(owner);
  await owner.begin(async (tx) => {
    await tx`select setseed(0.5)`;
    await tx`
      insert into run_scores (run_id, project, model, metric, value)
      select id, project, model, metric, random()
      from runs, unnest(${metricNames()}::text[]) metric`;
  });
  await restore();
  for (const table of ['runs', 'run_steps', 'run_scores']) await owner`vacuum analyze ${owner(table)}`;
}

/** Takes indexes and reference away while millions of rows come in; the function that is returned puts them back. */
async function liftIndexes(owner: Sql): Promise<() => Promise<void>> {
  const indexes = await owner<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'run_scores' and indexname <> 'run_scores_key'`;
  const [reference] = await owner<{ definition: string }[]>`
    select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'run_scores_run'`;
  for (const { name } of indexes) await owner`drop index ${owner(name)}`;
  await owner`alter table run_scores drop constraint run_scores_run`;
  return async () => {
    for (const { definition } of indexes) await owner.unsafe(definition);
    await owner.unsafe(`alter table run_scores add constraint run_scores_run ${reference?.definition}`);
  };
}

function metricNames(): string[] {
  return ['auc', 'loss', ...Array.from({ length: size.metrics - 2 }, (_, index) => `metric-${index}`)];
}
