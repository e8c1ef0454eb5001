import type { DriftSample } from '../drift/column-shift.js';
import { classifyDomains, tellsApart } from '../drift/multivariate/domain-classifier.js';
import { type MmdTest, mmdTest } from '../drift/multivariate/mmd-test.js';
import { tooFewRows } from '../drift/sample-rules.js';
import { type UndefinedMetric, undefinedMetric } from '../metrics/metric-value.js';
import { seededRandom } from '../stats/seeded-random.js';
import type { Verdict } from '../verdict.js';
import type { Columns, ColumnValues } from './column-values.js';
import type { LearnedThreshold } from './learned-threshold.js';

/** What tells rows of a window from those of the reference by all inputs; see `domain/drift/multivariate`. */
export type MultivariateMethod = 'classifier' | 'mmd';

/** A method with what the reference's own windows taught. */
export interface MultivariateReference extends LearnedThreshold {
  readonly method: MultivariateMethod;
}

/** All inputs of a window together beside rows of the reference. */
export interface MultivariateEvidence {
  readonly method: MultivariateMethod;
  /** Of this window alone. */
  readonly verdict: Verdict;
  readonly text: string;
  /**
   * How far they are apart; null where it could not be told. Of `classifier` the area 0.5..1, of `mmd` the squared
   * discrepancy, about 0 where nothing moved.
   */
  readonly measure: number | null;
  readonly limit: number;
  readonly isCalibrated: boolean;
  /** Columns that told them apart, the foremost first, with their shares of it; none of `mmd`. */
  readonly columns: readonly { readonly column: string; readonly share: number }[];
}

type Found = Pick<MultivariateEvidence, 'verdict' | 'text' | 'measure' | 'columns'>;
type Samples = Readonly<Record<string, DriftSample>>;

/** Rows of a side; more would find less than an area of .55 more often, and cost as much more. */
export const multivariateRows = 1500;
const seed = 20;
const mostNamed = 3;
/** Bound of the p-value of `mmd`. */
const alpha = 0.05;

/** A measure below this does not matter. The test of `mmd` draws few rows, and sees nothing that is too small to matter. */
export const floorOf: Readonly<Record<MultivariateMethod, number>> = { classifier: tellsApart, mmd: 0 };

const methods: Readonly<Record<MultivariateMethod, (samples: Samples, limit: number) => Found>> = {
  classifier: byClassifier,
  mmd: byDiscrepancy,
};

/** How far a window is from the reference by all columns together; null where it cannot be told. */
export function multivariateMeasure(
  method: MultivariateMethod,
  reference: Columns,
  window: Columns,
): number | null {
  const samples = samplesOf(reference, window);
  if (method === 'classifier') return byClassifier(samples, floorOf.classifier).measure;
  // What chance would give takes most of the time, and is not asked here.
  const found = discrepancyOf(samples, 0);
  return found.kind === 'value' ? found.statistic : null;
}

/**
 * Whether a window can be told from the reference by all columns together: the lower end of the interval of the area
 * lies above the limit, or the discrepancy does and is no chance. The same rows give the same answer.
 */
export function judgeMultivariate(
  { method, limit, isCalibrated }: Omit<MultivariateReference, 'windows'>,
  reference: Columns,
  window: Columns,
): MultivariateEvidence {
  const found = methods[method](samplesOf(reference, window), limit);
  return { method, limit, isCalibrated, ...found };
}

function byClassifier(samples: Samples, limit: number): Found {
  const options = { mostRows: multivariateRows, limit };
  const { verdict, text, auroc, importance } = classifyDomains(samples, seededRandom(seed), options);
  return {
    ...{ verdict, text },
    measure: auroc.kind === 'value' ? auroc.value : null,
    columns: importance.filter(({ share }) => share > 0).slice(0, mostNamed),
  };
}

function byDiscrepancy(samples: Samples, limit: number): Found {
  const found = discrepancyOf(samples);
  if (found.kind === 'undefined')
    return { verdict: 'inconclusive', text: found.reason, measure: null, columns: [] };
  const { statistic, pValue } = found;
  const differ = `above ${Number(limit.toFixed(4))}, and p below ${alpha}, the samples differ`;
  return {
    verdict: statistic > limit && pValue < alpha ? 'fail' : 'pass',
    text: `squared MMD ${statistic.toFixed(4)}, p ${pValue.toFixed(3)} (${differ})`,
    measure: statistic,
    columns: [],
  };
}

function discrepancyOf(samples: Samples, permutations?: number): MmdTest | UndefinedMetric {
  const found = mmdTest(samples, seededRandom(seed), permutations);
  const few = found.kind === 'value' ? tooFewRows(found.n, found.m) : undefined;
  return few === undefined ? found : undefinedMetric(few);
}

function samplesOf(reference: Columns, window: Columns): Samples {
  return Object.fromEntries(
    Object.entries(reference).flatMap(([name, before]) => {
      const sample = sampleOf(before, window[name]);
      return sample === undefined ? [] : [[name, sample] as const];
    }),
  );
}

function sampleOf(reference: ColumnValues, current: ColumnValues | undefined): DriftSample | undefined {
  if (reference.kind === 'numeric' && current?.kind === 'numeric')
    return { kind: 'numeric', reference: reference.values, current: current.values };
  if (reference.kind === 'categorical' && current?.kind === 'categorical')
    return { kind: 'categorical', reference: reference.values, current: current.values };
  return undefined;
}
