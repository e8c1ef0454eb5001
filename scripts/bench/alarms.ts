import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import { answered } from '../../cli/answered.js';
import { until } from '../soak/chaos/until.js';
import { startBareTemporal } from './bare/bare-temporal.js';
import { commitAll } from './commit-all.js';
import { type BenchReport, quantile } from './figures.js';
import { expectStatus, type Load, load, perSecond } from './load.js';
import { createTinyProject } from './tiny-project.js';
import { type BenchStack, unlimited, withStack } from './with-stack.js';

const alarms = 1000;
const atOnce = 32;
const patienceMs = 300_000;
const place = { project: 'tiny', model: 'tiny' } as const;

/** A storm of alarms of one model: until they are answered, and until each has its outcome; beside it as many bare signals. */
export async function benchAlarms(folder: string): Promise<BenchReport> {
  const state = join(folder, 'state');
  return withStack(state, (bench) => measure(bench, join(state, 'tiny')), unlimited);
}

async function measure(bench: BenchStack, folder: string): Promise<BenchReport> {
  const { stack, api, temporal } = bench;
  const repo = await coolingProject(folder);
  await answered(api.POST('/api/v1/projects', { body: { repo, ref: 'main' } }));
  const bare = await startBareTemporal(temporal, stack.env['TEMPORAL_ADDRESS'] ?? '');
  const owner = postgres(stack.database.owner, { max: 1, onnotice: () => undefined });
  try {
    const signalsMs = await bare.count(alarms, atOnce);
    const began = performance.now();
    const taken = await load({ requests: alarms, atOnce }, (index) => sendAlarm(bench, index));
    const outcomes = await until('all alarms have outcomes', patienceMs, () => outcomesOf(owner));
    return report({ taken, settledMs: performance.now() - began, signalsMs, outcomes });
  } finally {
    await owner.end();
    await bare.close();
  }
}

/** The tiny model, with a cool-down that no benchmark outlives. */
async function coolingProject(folder: string): Promise<string> {
  const repo = await createTinyProject(folder);
  const file = join(repo, 'models/tiny/ratchet.yaml');
  await writeFile(file, `${await readFile(file, 'utf8')}triggers: { handling: { coolDown: 6 hours } }\n`);
  await commitAll(repo);
  return repo;
}

async function sendAlarm({ api }: BenchStack, index: number): Promise<void> {
  const { response, error } = await api.POST('/api/v1/models/{project}/{model}/alarms', {
    params: { path: place },
    body: { alarm: 'drift of x', rule: 'psi', value: 0.31, limit: 0.2, id: `alarm-${index}` },
  });
  expectStatus({ status: response.status, text: JSON.stringify(error ?? null) }, 202);
}

/** How many events ended how, once all did. Error: where they started another number of runs than one. */
async function outcomesOf(owner: Sql): Promise<ReadonlyMap<string, number> | undefined> {
  const rows = await owner<{ outcome: string; count: number }[]>`
    select coalesce(outcome || coalesce(' by ' || rule, ''), 'pending') as outcome, count(*)::int as count
    from trigger_events where kind = 'monitoring' group by 1 order by 1`;
  const counts = new Map(rows.map(({ outcome, count }) => [outcome, count]));
  const stored = rows.reduce((sum, { count }) => sum + count, 0);
  if (stored !== alarms) throw new Error(`${stored} alarms are stored, and not ${alarms}`);
  if (counts.has('pending')) return undefined;
  if (counts.get('started') !== 1)
    throw new Error(`${counts.get('started') ?? 0} runs were started, and not one`);
  return counts;
}

interface Measured {
  readonly taken: Load;
  readonly settledMs: number;
  readonly signalsMs: number;
  readonly outcomes: ReadonlyMap<string, number>;
}

function report({ taken, settledMs, signalsMs, outcomes }: Measured): BenchReport {
  const peer = { name: 'signals into one bare workflow', value: perSecond(alarms, signalsMs) };
  return {
    name: 'alarms',
    about: `${alarms} alarms of one model, ${atOnce} at a time from this machine; one of them starts a run`,
    figures: [
      { what: 'stored and answered', value: perSecond(alarms, taken.tookMs), unit: 'per s' },
      { what: 'an answer, p50', value: quantile(taken.answersMs, 0.5), unit: 'ms' },
      { what: 'an answer, p99', value: quantile(taken.answersMs, 0.99), unit: 'ms' },
      { what: 'stored, and each with its outcome', value: perSecond(alarms, settledMs), unit: 'per s', peer },
      { what: 'all of them, from the first request on', value: settledMs / 1000, unit: 's', limit: 60 },
    ],
    notes: [[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')],
  };
}
