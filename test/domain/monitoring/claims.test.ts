import { describe, expect, it } from 'vitest';
import { monitoringSchema } from '../../../domain/config/monitoring.js';
import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { evidenceOf, type WindowVerdicts } from '../../../domain/monitoring/evidence-of.js';
import { judgeColumns } from '../../../domain/monitoring/judge-columns.js';
import { judgeTogether } from '../../../domain/monitoring/judge-together.js';
import { makeProfile } from '../../../domain/monitoring/profile/make-profile.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
import { type Random, seededRandom } from '../../../domain/stats/seeded-random.js';

const columnNames = Array.from({ length: 20 }, (_, at) => `c${at}`);
const rule = { alpha: 0.05, ignore: [] };
const { drift, detectors } = monitoringSchema.parse({});
/** Windows that are also looked at with all columns together, which costs as much as fifty looks at single ones. */
const togetherWindows = 20;

/** A stream of windows of 20 columns; `phi` ties each row to the one before. */
function stream(seed: number, phi: number) {
  const random: Random = seededRandom(seed);
  // Box and Muller.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const last = columnNames.map(normal);
  const row = () => {
    for (let at = 0; at < last.length; at += 1)
      last[at] = phi * (last[at] ?? 0) + Math.sqrt(1 - phi * phi) * normal();
    return last;
  };
  return (rows: number, shift = 0): Record<string, ColumnValues> => {
    const values = columnNames.map(() => new Float64Array(rows));
    for (let at = 0; at < rows; at += 1)
      row().forEach((value, column) => {
        const target = values[column];
        if (target) target[at] = value + (column < 3 ? shift : 0);
      });
    return Object.fromEntries(
      columnNames.map((name, column) => [
        name,
        { kind: 'numeric', values: values[column] ?? new Float64Array() } as const,
      ]),
    );
  };
}

/** A reference of 5,000 rows, with limits from a hundred clean windows beside it. */
function learnt(windows: ReturnType<typeof stream>, rows: number): ReferenceProfile {
  const plain = makeProfile({ columns: windows(5000), windows: [], test: null, floor: drift.floor });
  const seen = Array.from({ length: 100 }, () => judgeColumns(plain.columns, windows(rows), rule));
  const columns = Object.entries(plain.columns).map(([name, profile]) => {
    const distances = seen.flatMap(
      (columns) => columns.find(({ column }) => column === name)?.distance ?? [],
    );
    const limit = Math.max(drift.floor, ...distances);
    return [name, { ...profile, threshold: { limit, windows: 100, isCalibrated: true } }] as const;
  });
  return { ...plain, columns: Object.fromEntries(columns), windows: 100 };
}

function verdictsOf(profile: ReferenceProfile, columns: Record<string, ColumnValues>): WindowVerdicts {
  const judged = judgeColumns(profile.columns, columns, rule);
  return Object.fromEntries(judged.map(({ column, verdict }) => [`column:${column}`, verdict]));
}

function togetherOf(profile: ReferenceProfile, columns: Record<string, ColumnValues>): WindowVerdicts {
  const { multivariate, outliers } = judgeTogether(profile, columns, {
    ...{ detectors, hasSkew: false, isFirst: false, answers: { scores: new Float64Array(), threshold: 0.5 } },
  });
  return {
    multivariate: multivariate?.verdict ?? 'inconclusive',
    outliers: outliers?.verdict ?? 'inconclusive',
  };
}

function movedBy(inputs: readonly WindowVerdicts[]): readonly string[] {
  const { moved, together } = evidenceOf({ inputs, truth: [] }, { drift, conditions: {} });
  return [...moved, ...together];
}

/** How many of so many clean windows, judged with those before them, alarm for any of the 20 columns or all together. */
function falseAlarms(seed: number, { phi, rows, windows }: { phi: number; rows: number; windows: number }) {
  const next = stream(seed, phi);
  const profile = learnt(next, rows);
  const history: WindowVerdicts[] = [];
  let alarms = 0;
  for (let at = 0; at < windows; at += 1) {
    const columns = next(rows);
    const together = at < togetherWindows ? togetherOf(profile, columns) : {};
    history.push({ ...verdictsOf(profile, columns), ...together });
    if (movedBy(history.slice(-drift.persistence.of)).length > 0) alarms += 1;
  }
  return alarms;
}

describe('limits that a hundred clean windows taught', () => {
  it.each([
    { phi: 0, rows: 500, windows: 200 },
    { phi: 0.5, rows: 500, windows: 200 },
    { phi: 0, rows: 2000, windows: 40 },
  ])('alarm in at most 5 % of clean windows of 20 columns: %o', (kind) => {
    expect(falseAlarms(11, kind) / kind.windows).toBeLessThanOrEqual(0.05);
  });

  it.each([
    { rows: 500, tries: 40 },
    { rows: 2000, tries: 8 },
  ])('find three columns that moved by 0.3 within three windows: %o', ({ rows, tries }) => {
    const next = stream(23, 0);
    const profile = learnt(next, rows);
    let found = 0;
    for (let at = 0; at < tries; at += 1) {
      const seen = Array.from({ length: 3 }, () => verdictsOf(profile, next(rows, 0.3)));
      if (['c0', 'c1', 'c2'].every((name) => movedBy(seen).includes(name))) found += 1;
    }
    expect(found).toBe(tries);
  });
});
