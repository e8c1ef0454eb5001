import type { Finding, Verdict } from '../verdict.js';

/** An answer as JSON can carry it: null is no number (NaN) or no answer. */
export type Answer = number | string | null;

/** A row where two models differ. */
export interface ParityRow {
  readonly row: number;
  readonly expected: Answer;
  readonly got: Answer;
}

export interface Parity {
  /** `fail` where any row differs, where rows are missing, and where there are none. */
  readonly verdict: Verdict;
  /** Largest absolute difference between numbers; 0 for labels. */
  readonly maxDifference: number;
  /** Rows that were compared. */
  readonly rows: number;
  /** Rows that differ. */
  readonly differing: number;
  /** At most five rows, those furthest apart first; a number against none is furthest. */
  readonly worst: readonly ParityRow[];
  readonly findings: readonly Finding[];
}

/** How far apart two numbers may be: `absolute + relative * |expected|`. */
export interface ParityTolerance {
  readonly absolute: number;
  /** For predictions far from 1, whose float32 form is coarser than `absolute`. Default 0. */
  readonly relative?: number;
}

interface Difference extends ParityRow {
  readonly distance: number;
}

const worstRows = 5;

/**
 * Compares what the trained model said (probabilities, predictions, scores) with what its exported file says, row by
 * row. NaN equals NaN; on one side it is a difference. So is an infinity that the other side lacks.
 */
export function compareNumbers(
  expected: ArrayLike<number | null>,
  got: ArrayLike<number | null>,
  { absolute, relative = 0 }: ParityTolerance = { absolute: 1e-5 },
): Parity {
  const differences: Difference[] = [];
  let maxDifference = 0;
  for (let row = 0; row < Math.min(expected.length, got.length); row += 1) {
    const e = expected[row] ?? Number.NaN;
    const g = got[row] ?? Number.NaN;
    if (Object.is(e, g) || e === g) continue;
    const distance = Math.abs(e - g);
    if (Number.isFinite(distance)) {
      maxDifference = Math.max(maxDifference, distance);
      if (distance <= absolute + relative * Math.abs(e)) continue;
    }
    differences.push({
      row,
      expected: asJson(e),
      got: asJson(g),
      distance: Number.isNaN(distance) ? Infinity : distance,
    });
  }
  return conclude(expected.length, got.length, differences, maxDifference, absolute);
}

/**
 * Compares labels (classes, clusters), which must be equal. `ties` are rows whose probability stands so close to the
 * threshold that either label is right.
 */
export function compareLabels(
  expected: ArrayLike<Answer | bigint>,
  got: ArrayLike<Answer | bigint>,
  ties: ReadonlySet<number> = new Set(),
): Parity {
  const differences: Difference[] = [];
  for (let row = 0; row < Math.min(expected.length, got.length); row += 1) {
    const e = labelOf(expected[row]);
    const g = labelOf(got[row]);
    if (e === g || ties.has(row)) continue;
    differences.push({ row, expected: e, got: g, distance: 1 });
  }
  return conclude(expected.length, got.length, differences, 0, 0);
}

function conclude(
  expectedRows: number,
  gotRows: number,
  differences: readonly Difference[],
  maxDifference: number,
  limit: number,
): Parity {
  const rows = Math.min(expectedRows, gotRows);
  const findings: Finding[] = [];
  const fail = (rule: string, text: string, numbers: Partial<Finding> = {}) =>
    findings.push({ rule, verdict: 'fail', text, n: rows, ...numbers });
  if (expectedRows !== gotRows) {
    fail('parity-rows', `the trained model answered ${expectedRows} rows, the exported file ${gotRows}`);
  } else if (rows === 0) fail('parity-rows', 'there are no rows to compare');
  const worst = differences.toSorted((a, b) => b.distance - a.distance || a.row - b.row).slice(0, worstRows);
  if (worst[0] !== undefined)
    fail('parity', describe(differences.length, rows, worst[0], limit), { actual: maxDifference, limit });
  if (findings.length === 0) {
    const text = `${rows} rows agree, the largest difference is ${short(maxDifference)}`;
    findings.push({ rule: 'parity', verdict: 'pass', text, actual: maxDifference, limit, n: rows });
  }
  return {
    verdict: findings.every((f) => f.verdict === 'pass') ? 'pass' : 'fail',
    maxDifference,
    rows,
    differing: differences.length,
    worst: worst.map(({ row, expected, got }) => ({ row, expected, got })),
    findings,
  };
}

function describe(differing: number, rows: number, worst: Difference, limit: number): string {
  const { row, expected, got } = worst;
  const answers = `row ${row}: the trained model says ${expected ?? 'nothing'}, the exported file ${got ?? 'nothing'}`;
  return `${differing} of ${rows} rows differ by more than ${limit}; ${answers}`;
}

function asJson(value: number): Answer {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}

/** Trainers write integer classes as whole numbers of any type: 1, 1.0 and 1n are one label. */
function labelOf(value: Answer | bigint | undefined): Answer {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number') return asJson(value);
  return value ?? null;
}

function short(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}
