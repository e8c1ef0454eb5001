import type { DriftSample } from '../drift/column-shift.js';
import { classifyDomains, tellsApart } from '../drift/multivariate/domain-classifier.js';
import { seededRandom } from '../stats/seeded-random.js';
import type { Verdict } from '../verdict.js';
import type { Columns, ColumnValues } from './column-values.js';
import type { LearnedThreshold } from './learned-threshold.js';

/** All inputs of a window together beside rows of the reference. */
export interface MultivariateEvidence {
  /** Of this window alone. */
  readonly verdict: Verdict;
  readonly text: string;
  /** How well the two can be told apart, 0.5..1; null where it could not be told. */
  readonly auroc: number | null;
  readonly limit: number;
  readonly isCalibrated: boolean;
  /** Columns that told them apart, the foremost first, with their shares of it. */
  readonly columns: readonly { readonly column: string; readonly share: number }[];
}

/** Rows of a side; more would find less than an area of .55 more often, and cost as much more. */
export const multivariateRows = 1500;
const seed = 20;
const mostNamed = 3;

/**
 * Whether a window can be told from the reference by all columns together: the lower end of the interval of the area
 * lies above the limit. The same rows give the same answer.
 */
export function judgeMultivariate(
  reference: Columns,
  window: Columns,
  { limit, isCalibrated }: Pick<LearnedThreshold, 'limit' | 'isCalibrated'> = {
    limit: tellsApart,
    isCalibrated: false,
  },
): MultivariateEvidence {
  const samples = Object.entries(reference).flatMap(([name, before]) => {
    const sample = sampleOf(before, window[name]);
    return sample === undefined ? [] : [[name, sample] as const];
  });
  const found = classifyDomains(Object.fromEntries(samples), seededRandom(seed), {
    mostRows: multivariateRows,
    limit,
  });
  return {
    ...{ verdict: found.verdict, text: found.text, limit, isCalibrated },
    auroc: found.auroc.kind === 'value' ? found.auroc.value : null,
    columns: found.importance.filter(({ share }) => share > 0).slice(0, mostNamed),
  };
}

function sampleOf(reference: ColumnValues, current: ColumnValues | undefined): DriftSample | undefined {
  if (reference.kind === 'numeric' && current?.kind === 'numeric')
    return { kind: 'numeric', reference: reference.values, current: current.values };
  if (reference.kind === 'categorical' && current?.kind === 'categorical')
    return { kind: 'categorical', reference: reference.values, current: current.values };
  return undefined;
}
