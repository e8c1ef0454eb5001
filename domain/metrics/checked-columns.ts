import { RatchetError } from '../errors/ratchet-error.js';
import { denseIds } from '../stats/dense-ids.js';
import type { SplitName } from './evaluation.js';
import type { SplitInput } from './evaluation-input.js';

/** float32 probabilities may miss 0..1 by their rounding; more than this is no probability. */
const probabilitySlack = 1e-6;

/** A column that the task needs. @throws RatchetError `MODEL_INTERFACE` when it is not there */
export function neededColumn<K extends keyof SplitInput>(
  input: SplitInput,
  column: K,
  split: SplitName,
): NonNullable<SplitInput[K]> {
  const values = input[column];
  if (values === undefined || values === null) {
    throw new RatchetError('MODEL_INTERFACE', `${split} has no ${column}, which its task needs`, {
      split,
      column,
    });
  }
  return values;
}

/** @throws RatchetError `MODEL_INTERFACE` when a column does not have one element a row */
export function checkLength(length: number, rows: number, column: string, split: SplitName): void {
  if (length === rows) return;
  throw new RatchetError('MODEL_INTERFACE', `${column} of ${split} has ${length} values for ${rows} rows`, {
    split,
    column,
    length,
    rows,
  });
}

/** Rows without a block column are dealt to this many in turn: as good as one by one, and fast with many rows. */
const dealtBlocks = 1000;

/** The block of each row as an id from 0. */
export function checkedBlocks(input: SplitInput, rows: number, split: SplitName): Int32Array {
  if (!input.block) return Int32Array.from({ length: rows }, (_, row) => row % dealtBlocks);
  checkLength(input.block.length, rows, 'block', split);
  return denseIds(input.block).ids;
}

/** What is allowed in a column, with the error for what is not. */
interface ColumnRule {
  readonly code: 'MODEL_RUN' | 'MODEL_INTERFACE' | 'DATA_TYPE';
  readonly allowed: string;
  readonly holds: (value: number) => boolean;
}

/** The rules of the columns that come from outside: what a model said, what a dataset calls a label. */
export const columnRules = {
  finite: { code: 'MODEL_RUN', allowed: 'every answer must be a finite number', holds: Number.isFinite },
  probability: {
    code: 'MODEL_INTERFACE',
    allowed: 'a probability lies within 0..1',
    holds: (value) => value >= -probabilitySlack && value <= 1 + probabilitySlack,
  },
  flag: {
    code: 'MODEL_INTERFACE',
    allowed: 'an anomaly is 1, anything else 0',
    holds: (value) => value === 0 || value === 1,
  },
  binaryLabel: {
    code: 'DATA_TYPE',
    allowed: 'a label is 0, 1 or missing',
    holds: (value) => value === 0 || value === 1 || Number.isNaN(value),
  },
  classLabel: {
    code: 'DATA_TYPE',
    allowed: 'a class is a whole number from 0 to 999, or missing',
    holds: (value) => Number.isNaN(value) || (Number.isInteger(value) && value >= 0 && value < 1000),
  },
  numericLabel: {
    code: 'DATA_TYPE',
    allowed: 'a label is a finite number or missing',
    holds: (value) => Number.isFinite(value) || Number.isNaN(value),
  },
} as const satisfies Record<string, ColumnRule>;

/**
 * Checks every value of a column.
 *
 * @throws RatchetError with the rule's code; it names the first bad row, its value and how many there are
 */
export function checkValues(
  values: Float64Array | Int32Array,
  rule: ColumnRule,
  column: string,
  split: SplitName,
): void {
  let first = -1;
  let bad = 0;
  values.forEach((value: number, row: number) => {
    if (rule.holds(value)) return;
    if (bad === 0) first = row;
    bad++;
  });
  if (bad === 0) return;
  throw new RatchetError(
    rule.code,
    `${column} of ${split} is ${values[first]} at place ${first} (${bad} such of ${values.length}); ${rule.allowed}`,
    { split, column, place: first, value: String(values[first]), bad },
  );
}

/** Probabilities checked and brought exactly into 0..1. @throws RatchetError `MODEL_RUN`, `MODEL_INTERFACE` */
export function checkedProbabilities(values: Float64Array, column: string, split: SplitName): Float64Array {
  checkValues(values, columnRules.finite, column, split);
  checkValues(values, columnRules.probability, column, split);
  return values.map((value) => Math.min(1, Math.max(0, value)));
}
