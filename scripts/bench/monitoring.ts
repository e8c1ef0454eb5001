import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { openBlobStore } from '../../db/blobs/open-blob-store.js';
import { migrate } from '../../db/migrate.js';
import { openDatabase, type Stores } from '../../db/open-database.js';
import { endpointMonitoring } from '../../gateway/reads/incidents.js';
import { recordedLines } from '../../gateway/reads/recorded-lines.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';
import { loadConfig } from '../../temporal.config.js';
import { type BenchReport, type Figure, quantile } from './figures.js';
import { type JudgeMeasured, judgeWindows } from './monitoring/judge-windows.js';
import { dayMs, type RecordedDays, recordDays, rowsOfDay } from './monitoring/record-days.js';
import { createWatchedProject, name } from './monitoring/watched-project.js';

/** So many days are judged at most; the one after them stays open. */
const mostJudgedDays = 8;
export const leastPredictions = 2 * rowsOfDay;
export const usualPredictions = 1_000_000;
const looks = 20;
/** Tables with their indexes, for a row that was answered and the half of one that was told of it. */
const bytesOfPrediction = 2000;

interface Looked {
  readonly firstMs: number;
  readonly medianMs: number;
  readonly longestMs: number;
}

interface Measured {
  readonly recorded: RecordedDays;
  readonly storedMiB: { readonly predictions: number; readonly feedback: number };
  /** What the page of an endpoint asks, before a window was judged and after. */
  readonly unjudged: Looked;
  readonly judged: Looked;
  readonly exportS: number;
  readonly judge: JudgeMeasured;
}

/** What many predictions and half as many labels cost on one machine, and what is judged and looked at beside them. */
export async function benchMonitoring(
  folder: string,
  { predictions = usualPredictions }: { readonly predictions?: number } = {},
): Promise<BenchReport> {
  await rm(folder, { recursive: true, force: true });
  const stack = await startStack({
    ...{ stateDir: join(folder, 'state'), processes: false, ui: false, fresh: true },
    log: () => undefined,
  });
  try {
    await requireSpace(folder, predictions);
    await migrate(stack.database.owner);
    return report(await measure(stack, folder, predictions / rowsOfDay));
  } finally {
    await stack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function requireSpace(folder: string, predictions: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [free, needed] = [bavail * bsize, predictions * bytesOfPrediction];
  if (free < needed)
    throw new Error(
      `${predictions} predictions need ${gibibytes(needed)} of disk, ${gibibytes(free)} are free`,
    );
}

const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

async function measure(stack: RunningStack, folder: string, days: number): Promise<Measured> {
  const database = await openDatabase({ url: stack.database.app, poolSize: 4, application: 'bench' });
  const blobs = openBlobStore(loadConfig(stack.env).blobs);
  const { stores } = database;
  const judgedDays = Math.min(mostJudgedDays, days - 1);
  const today = Math.floor(Date.now() / dayMs) * dayMs;
  try {
    const served = await createWatchedProject({ stores, blobs }, join(folder, 'repository'));
    const place = { spool: join(folder, 'spool'), servingUrl: stack.database.serving ?? '' };
    const recorded = await recordDays({ stores, served, ...place, days, fromMs: today - days * dayMs });
    const storedMiB = await sizes(stack.database.owner);
    const unjudged = await lookAtMonitoring(stores);
    const judge = await judgeWindows({
      ...{ env: stack.env, folder: join(folder, 'judge') },
      ...{ fromMs: today - (judgedDays + 1) * dayMs, days: judgedDays },
    });
    const span = {
      from: new Date(today - 2 * dayMs).toISOString(),
      to: new Date(today - dayMs).toISOString(),
    };
    return {
      ...{ recorded, storedMiB, unjudged, judge, judged: await lookAtMonitoring(stores) },
      exportS: await exportDay({ ...stores, blobs }, span),
    };
  } finally {
    blobs.close();
    await database.close();
  }
}

async function sizes(ownerUrl: string): Promise<Measured['storedMiB']> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const of = async (table: string) => {
    const [row] = await owner<{ mebibytes: number }[]>`
      select (sum(pg_total_relation_size(relid)) / 1048576)::float8 as mebibytes from pg_partition_tree(${table}::regclass)`;
    return row?.mebibytes ?? Number.NaN;
  };
  try {
    return { predictions: await of('predictions'), feedback: await of('feedback') };
  } finally {
    await owner.end();
  }
}

async function lookAtMonitoring(stores: Stores): Promise<Looked> {
  const tookMs: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const began = performance.now();
    await endpointMonitoring(stores, name, new Date().toISOString());
    tookMs.push(performance.now() - began);
  }
  return {
    firstMs: tookMs[0] ?? Number.NaN,
    medianMs: quantile(tookMs, 0.5),
    longestMs: quantile(tookMs, 1),
  };
}

async function exportDay(
  deps: Parameters<typeof recordedLines>[0],
  span: Parameters<typeof recordedLines>[1]['span'],
): Promise<number> {
  const began = performance.now();
  let last = '';
  for await (const lines of await recordedLines(deps, { name, span, withSensitive: true })) last = lines;
  const { end } = JSON.parse(last.trim().split('\n').at(-1) ?? '{}') as {
    readonly end?: { readonly rows: number };
  };
  // A row at midnight may belong to the day before.
  if (end === undefined || end.rows < rowsOfDay) throw new Error(`a day was not exported whole: ${last}`);
  return (performance.now() - began) / 1000;
}

function report({ recorded, storedMiB, unjudged, judged, exportS, judge }: Measured): BenchReport {
  const { predictions, labels, predictionsS, labelsS } = recorded;
  const millions = (rows: number) => rows / 1e6;
  const look = (what: string, value: number): Figure => ({ what, value, unit: 'ms', limit: 300 });
  return {
    name: 'monitoring',
    about: `${predictions} predictions of 20 inputs, a row each, and ${labels} labels, ${rowsOfDay} rows a day`,
    figures: [
      { what: 'predictions, from the spool into Postgres', value: predictions / predictionsS, unit: 'per s' },
      { what: 'a day of them, first tenth of the days', value: recorded.firstS, unit: 's' },
      { what: 'a day of them, last tenth of the days', value: recorded.lastS, unit: 's' },
      { what: 'labels, from the spool into Postgres', value: labels / labelsS, unit: 'per s' },
      {
        what: 'a million predictions on disk',
        value: storedMiB.predictions / millions(predictions),
        unit: 'MiB',
      },
      { what: 'a million labels on disk', value: storedMiB.feedback / millions(labels), unit: 'MiB' },
      ...(['inputs', 'truth'] as const).flatMap((line) => windowFigures(line, judge)),
      { what: 'a look that finds nothing due', value: judge.lookMs, unit: 'ms' },
      { what: 'memory of the judging process, most', value: judge.peakMiB, unit: 'MiB' },
      look('the monitoring of an endpoint, p50', judged.medianMs),
      look('the same, longest', judged.longestMs),
      look('the same where nothing was judged, p50', unjudged.medianMs),
      look('the same where nothing was judged, longest', unjudged.longestMs),
      { what: 'a day of the record, exported', value: exportS, unit: 's' },
    ],
    notes: [
      `memory after each window: ${judge.windows.map(({ rssMiB }) => rssMiB.toFixed(0)).join(', ')} MiB`,
      `heap after each window: ${judge.windows.map(({ heapMiB }) => heapMiB.toFixed(0)).join(', ')} MiB`,
      `processor time of each window: ${judge.windows.map(({ cpuMs }) => (cpuMs / 1000).toFixed(2)).join(', ')} s`,
      `the first look at the monitoring took ${unjudged.firstMs.toFixed(0)} ms before windows were judged, ${judged.firstMs.toFixed(0)} ms after`,
    ],
  };
}

/** The first window of each line also reads the reference for the first time. */
function windowFigures(line: 'inputs' | 'truth', { windows }: JudgeMeasured): readonly Figure[] {
  const tookS = windows.filter((window) => window.line === line).map(({ ms }) => ms / 1000);
  const what = `a window of ${rowsOfDay} rows judged, ${line}`;
  return [
    { what: `${what}, p50`, value: quantile(tookS, 0.5), unit: 's' },
    { what: `${what}, longest`, value: quantile(tookS, 1), unit: 's' },
  ];
}
