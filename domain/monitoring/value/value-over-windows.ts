import type { JudgedWindow } from '../../ports/watches.js';
import type { RealisedValue } from './realised-value.js';
import { intervalOfMean, pooled, type Spread } from './spread.js';
import { valueOfNumbers } from './value-numbers.js';

/** Of all rows together, and of one of them. */
export interface Amount {
  readonly sum: number;
  readonly perRow: number;
  /** Ends of the 95 % interval of what one row is worth; null where that cannot be told. */
  readonly low: number | null;
  readonly high: number | null;
}

export interface ValueOverWindows {
  readonly windows: {
    readonly counted: number;
    /** Judged before this was declared, or by another declaration. */
    readonly leftOut: number;
  };
  readonly rows: {
    /** Answered in the windows that count. */
    readonly answered: number;
    /** Of them with a truth that counts: only these have a value. */
    readonly valued: number;
  };
  /** Null where no truth is known. */
  readonly value: Amount | null;
  /** What the constant answers would have been worth on the same rows. */
  readonly baseline: Pick<Amount, 'sum' | 'perRow'> | null;
  /** Value less baseline, row by row. */
  readonly gain: Amount | null;
}

/** Adds up what windows of truth kept. Nothing is said of rows without a truth. */
export function valueOverWindows(
  windows: readonly Pick<JudgedWindow, 'rows' | 'numbers'>[],
  by: RealisedValue['by'],
): ValueOverWindows {
  const counted = windows.flatMap((window) => {
    const value = valueOfNumbers(window.numbers, by);
    return value === null ? [] : [{ ...value, answered: window.numbers['traffic:rows'] ?? window.rows }];
  });
  const answers = pooled(counted.map((one) => one.answers));
  const gain = pooled(counted.map((one) => one.gain));
  const isKnown = answers.rows > 0;
  const baseline = answers.sum - gain.sum;
  return {
    windows: { counted: counted.length, leftOut: windows.length - counted.length },
    rows: {
      answered: counted.reduce((sum, { answered }) => sum + answered, 0),
      valued: answers.rows,
    },
    value: isKnown ? amountOf(answers) : null,
    baseline: isKnown ? { sum: baseline, perRow: baseline / answers.rows } : null,
    gain: isKnown ? amountOf(gain) : null,
  };
}

function amountOf(spread: Spread): Amount {
  const { low, high } = intervalOfMean(spread) ?? { low: null, high: null };
  return { sum: spread.sum, perRow: spread.sum / spread.rows, low, high };
}
