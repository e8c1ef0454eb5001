import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { printLine } from '../../cli/print.js';
import { packageRoot } from '../../stack/package-root.js';
import { benchAlarms } from './alarms.js';
import { benchAudit } from './audit.js';
import { benchDataset } from './dataset.js';
import { benchDeliveries } from './deliveries.js';
import { benchEvaluation } from './evaluation.js';
import { type BenchReport, type BenchResults, figureLine, isMissed, resultsSchema } from './figures.js';
import { benchIncident } from './incident.js';
import { benchJoin } from './join.js';
import { rowsOfDay } from './monitoring/record-days.js';
import { benchMonitoring, leastPredictions, usualPredictions } from './monitoring.js';
import { benchOverhead } from './overhead.js';
import { benchPlan } from './plan.js';
import { benchPolicy } from './policy.js';
import { benchRecording } from './recording.js';
import { benchRecovery } from './recovery.js';
import { benchRelease } from './release.js';
import { benchRunListOnStack } from './run-list-on-stack.js';
import { benchServing } from './serving/serving.js';
import { benchUp } from './up.js';
import { benchVotes } from './votes.js';
import { benchWatchWindow } from './watch-window.js';

/** What may be asked for in another size than the usual. */
interface Sizes {
  readonly predictions: number;
}

/** Every benchmark, by the name it is asked for with. Each is lent a folder of its own. */
const benchmarks: Readonly<Record<string, (folder: string, sizes: Sizes) => Promise<BenchReport>>> = {
  overhead: benchOverhead,
  recovery: benchRecovery,
  dataset: benchDataset,
  join: benchJoin,
  evaluation: benchEvaluation,
  policy: benchPolicy,
  votes: benchVotes,
  deliveries: benchDeliveries,
  alarms: benchAlarms,
  plan: benchPlan,
  'run-list': benchRunListOnStack,
  audit: benchAudit,
  recording: benchRecording,
  'watch-window': benchWatchWindow,
  monitoring: benchMonitoring,
  incident: benchIncident,
  release: benchRelease,
  up: benchUp,
  serving: benchServing,
};

/** `npm run bench [-- name... --predictions 10000000]`: measures, prints each figure beside its limit or peer, and keeps them in `.ratchet/bench/results.json`. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { predictions: { type: 'string', default: String(usualPredictions) } },
  });
  const sizes = { predictions: predictionsOf(values.predictions) };
  const unknown = positionals.find((name) => !Object.hasOwn(benchmarks, name));
  if (unknown !== undefined) {
    throw new Error(`there is no benchmark "${unknown}", allowed are ${Object.keys(benchmarks).join(', ')}`);
  }
  const folder = resolve('.ratchet/bench');
  await mkdir(folder, { recursive: true });
  const on = machine();
  printLine(on);
  const reports: BenchReport[] = [];
  for (const [name, bench] of Object.entries(benchmarks)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const report = await bench(join(folder, name), sizes);
    print(report);
    reports.push(report);
  }
  await keep(join(folder, 'results.json'), on, reports);
  const missed = reports.flatMap(({ figures }) => figures.filter(isMissed)).length;
  if (missed > 0) printLine(`\n${missed} figures are beyond their limits`);
}

/** Whole days of them. */
function predictionsOf(text: string): number {
  const predictions = Number(text);
  if (!(predictions >= leastPredictions) || predictions % rowsOfDay !== 0)
    throw new Error(
      `--predictions is "${text}", allowed are multiples of ${rowsOfDay} from ${leastPredictions} up`,
    );
  return predictions;
}

function print({ name, about, figures, notes }: BenchReport): void {
  printLine(`\n${name}: ${about}`);
  for (const figure of figures) printLine(`  ${figureLine(figure)}`);
  for (const note of notes) printLine(`  ${note}`);
}

/** Benchmarks that were not run this time keep what they had. */
async function keep(path: string, on: string, reports: readonly BenchReport[]): Promise<void> {
  const before = await readFile(path, 'utf8').then(
    (text) => resultsSchema.parse(JSON.parse(text)).reports,
    () => [],
  );
  const names = new Set(reports.map(({ name }) => name));
  const results: BenchResults = {
    at: new Date().toISOString(),
    commit: commit(),
    machine: on,
    reports: [...before.filter(({ name }) => !names.has(name)), ...reports],
  };
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`);
}

function machine(): string {
  const gibibytes = Math.round(totalmem() / 1024 ** 3);
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${gibibytes} GiB, Node ${process.versions.node}, load ${load}`;
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: packageRoot(),
    encoding: 'utf8',
  }).trim();
}

main().then(
  () => process.exit(process.exitCode ?? 0),
  (error: unknown) => {
    process.stderr.write(`the benchmark failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
