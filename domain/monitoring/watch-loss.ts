import { nextAdwin, startOfAdwin } from '../concept/adwin.js';
import type { AdwinState } from '../concept/adwin-window.js';
import type { ConceptStep } from '../concept/concept-step.js';
import { type DdmState, nextDdm, startOfDdm } from '../concept/ddm.js';
import { nextPageHinkley, type PageHinkleyState, startOfPageHinkley } from '../concept/page-hinkley.js';
import type { EvaluationTask } from '../metrics/evaluation.js';
import type { Verdict } from '../verdict.js';

/** Detectors of a loss that rises; see `domain/concept`. */
export const lossDetectors = ['adwin', 'pageHinkley', 'ddm'] as const;
export type LossDetector = (typeof lossDetectors)[number];

/** Where a detector stands, and the loss of the window in which it said that the loss has risen, as long as that stays. JSON-safe. */
export interface LossState {
  readonly detector: AdwinState | DdmState | PageHinkleyState;
  readonly risenTo: number | null;
}

/** The loss of test rows, row by row in the order of time. */
export interface LossReference {
  readonly method: LossDetector;
  /** What a row's loss is divided by, so that it is 0..1. */
  readonly scale: number;
  /** Mean loss, 0..1. */
  readonly mean: number;
  /** After all of them: what comes later is held against them. */
  readonly state: LossState;
}

/** The loss of a window in the order of its events. */
export interface LossEvidence {
  readonly method: LossDetector;
  /** `fail` from the window in which the loss rose, for as long as it stays so. */
  readonly verdict: Verdict;
  readonly text: string;
  /** Mean loss, 0..1; null without rows. */
  readonly mean: number | null;
  readonly state: LossState;
}

export interface ScoredRows {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
}

const leastRows = 200;
/** Errors of a regression are clipped at so many times the mean error of the test rows. */
const clippedAt = 4;

/**
 * Lets a detector run over the test rows. It is of no use where it alarms over them: losses of one day are alike, and a
 * detector takes them for independent.
 *
 * @param rows in the order of time
 * @returns null where it is of no use, for fewer than 200 rows, and for tasks without a loss of a row
 */
export function learnLoss(
  task: EvaluationTask,
  rows: ScoredRows,
  method: LossDetector,
): LossReference | null {
  if (task !== 'classification' && task !== 'regression') return null;
  const scale = task === 'classification' ? 1 : clippedAt * meanOf(errorsOf(rows));
  const losses = lossesOf(task, rows, scale);
  if (losses.length < leastRows) return null;
  const { detector, hasRisen } = run(method, starts[method], losses);
  return hasRisen ? null : { method, scale, mean: meanOf(losses), state: { detector, risenTo: null } };
}

/**
 * Goes on from where the window before ended. Once the detector has said that the loss rose, it counts as risen until the
 * loss of a window is nearer to that of the test rows again.
 *
 * @param before of the window before, or of the reference
 */
export function judgeLoss(
  task: EvaluationTask,
  { method, scale, mean: usual }: LossReference,
  before: LossState,
  rows: ScoredRows & { readonly leastRows: number },
): LossEvidence {
  const losses = lossesOf(task, rows, scale);
  const { detector, hasRisen } = run(method, before.detector, losses);
  const mean = losses.length === 0 ? null : meanOf(losses);
  const risenTo = before.risenTo ?? (hasRisen ? mean : null);
  const isUp = mean !== null && risenTo !== null && mean > (usual + risenTo) / 2;
  const state = { detector, risenTo: isUp || mean === null ? risenTo : null };
  if (mean === null || losses.length < rows.leastRows) {
    const text = `the loss of ${losses.length} rows is known, at least ${rows.leastRows} are needed`;
    return { method, verdict: 'inconclusive', text, mean, state };
  }
  const text = `mean loss ${mean.toFixed(3)}, ${usual.toFixed(3)} over the test rows (${method}: ${isUp ? 'it has risen' : 'no rise'})`;
  return { method, verdict: isUp ? 'fail' : 'pass', text, mean, state };
}

const starts = { adwin: startOfAdwin, ddm: startOfDdm, pageHinkley: startOfPageHinkley } as const;

function run(method: LossDetector, start: LossState['detector'], losses: Float64Array) {
  const next = steps[method];
  let detector = start;
  let hasRisen = false;
  for (const loss of losses) {
    const step = next(detector, loss);
    detector = step.state;
    hasRisen ||= step.signal === 'drift';
  }
  return { detector, hasRisen };
}

type Step = (state: LossState['detector'], loss: number) => ConceptStep<LossState['detector']>;
/** A state is of the method that it was frozen by. */
const steps: Readonly<Record<LossDetector, Step>> = {
  adwin: (state, loss) => nextAdwin(state as AdwinState, loss),
  ddm: (state, loss) => nextDdm(state as DdmState, loss),
  pageHinkley: (state, loss) => nextPageHinkley(state as PageHinkleyState, loss),
};

/** Squared error of a probability, and the error of a number in parts of the scale; rows without either are left out. */
function lossesOf(task: EvaluationTask, rows: ScoredRows, scale: number): Float64Array {
  const errors = errorsOf(rows);
  if (task === 'classification') return errors.map((error) => Math.min(1, error ** 2));
  return errors.map((error) => (scale > 0 ? Math.min(1, error / scale) : Number(error > 0)));
}

function errorsOf({ scores, labels }: ScoredRows): Float64Array {
  return Float64Array.from(scores, (score, row) => Math.abs(score - (labels[row] ?? Number.NaN))).filter(
    Number.isFinite,
  );
}

function meanOf(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
