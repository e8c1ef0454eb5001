import { monitoringSchema } from '../../domain/config/monitoring.js';
import type { ColumnValues } from '../../domain/monitoring/column-values.js';
import { evidenceOf, type WindowVerdicts } from '../../domain/monitoring/evidence-of.js';
import { judgeColumns } from '../../domain/monitoring/judge-columns.js';
import { judgeTogether } from '../../domain/monitoring/judge-together.js';
import { makeProfile } from '../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../domain/monitoring/profile/reference-profile.js';
import { seededRandom } from '../../domain/stats/seeded-random.js';
import type { BenchReport, Figure } from './figures.js';

type Columns = Record<string, ColumnValues>;

const names = Array.from({ length: 20 }, (_, at) => `c${at}`);
const { drift, detectors } = monitoringSchema.parse({});
const answers = { scores: new Float64Array(), threshold: 0.5 };
const largeRows = 100_000;
const powerTries = 20;
/** All columns together cost as much as fifty times each by itself. */
const togetherTries = 2;

/** What a reference and a window cost, and how often three of 20 columns that moved a little are found. */
export async function benchWatchWindow(): Promise<BenchReport> {
  const next = normalTable(7);
  const [reference, window] = [next(largeRows), next(largeRows)];
  const made = cpuSeconds(() => profileOf(reference, true));
  const columns = cpuSeconds(() => judged(made.result, window));
  const together = cpuSeconds(() => judgedTogether(made.result, window));
  const figure = (what: string, value: number, limit?: number): Figure => ({
    ...{ what, value, unit: 's' },
    ...(limit === undefined ? {} : { limit }),
  });
  return {
    name: 'watch-window',
    about:
      'CPU of a reference and of a window of 100,000 rows by 20 columns, and what is found in small ones',
    figures: [
      figure('freezing the reference', made.seconds),
      figure('each column by itself', columns.seconds, 1),
      figure('all columns together, and outliers', together.seconds, 1),
    ],
    notes: [500, 2000].flatMap((rows) => powerNotes(rows)),
  };
}

/** With the least limits that there are: learned ones are wider, and find less. */
function powerNotes(rows: number): string[] {
  const next = normalTable(rows);
  const profile = profileOf(next(5000), false);
  return [0, 0.1, 0.15, 0.2, 0.3].map((shift) => {
    const found = { columns: 0, together: 0 };
    for (let at = 0; at < powerTries; at += 1) {
      const windows = Array.from({ length: 3 }, (): WindowVerdicts => {
        const window = next(rows, shift);
        return { ...judged(profile, window), ...(at < togetherTries ? judgedTogether(profile, window) : {}) };
      });
      const { moved, together } = evidenceOf({ inputs: windows, truth: [] }, { drift, conditions: {} });
      if (['c0', 'c1', 'c2'].every((name) => moved.includes(name))) found.columns += 1;
      if (together.length > 0) found.together += 1;
    }
    const moved = `three columns moved by ${shift} deviations, windows of ${rows}`;
    return `${moved}: all three found in ${found.columns} of ${powerTries} tries, all columns together in ${found.together} of ${togetherTries}`;
  });
}

function judged(profile: ReferenceProfile, window: Columns): WindowVerdicts {
  const told = judgeColumns(profile.columns, window, { alpha: drift.alpha, ignore: [] });
  return Object.fromEntries(told.map(({ column, verdict }) => [`column:${column}`, verdict]));
}

function judgedTogether(profile: ReferenceProfile, window: Columns): WindowVerdicts {
  const how = { detectors, hasSkew: false, isFirst: false, answers };
  const { multivariate, outliers } = judgeTogether(profile, window, how);
  return {
    multivariate: multivariate?.verdict ?? 'inconclusive',
    outliers: outliers?.verdict ?? 'inconclusive',
  };
}

function profileOf(columns: Columns, hasWindows: boolean): ReferenceProfile {
  const rows = columns['c0']?.values.length ?? 0;
  const weeks = hasWindows ? 10 : 0;
  const windows = Array.from({ length: weeks }, (_, week) =>
    Int32Array.from({ length: rows / weeks }, (__, at) => (week * rows) / weeks + at),
  );
  return makeProfile({ columns, windows, test: null, floor: drift.floor, validationFrom: rows * 0.8 });
}

/** Tables of 20 independent normal columns, of which three may be moved. */
function normalTable(seed: number): (rows: number, shift?: number) => Columns {
  const random = seededRandom(seed);
  // Box and Muller.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return (rows, shift = 0) =>
    Object.fromEntries(
      names.map((name, column) => {
        const values = Float64Array.from({ length: rows }, () => normal() + (column < 3 ? shift : 0));
        return [name, { kind: 'numeric', values }];
      }),
    );
}

function cpuSeconds<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
