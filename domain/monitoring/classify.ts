import type { Verdict } from '../verdict.js';
import { type IncidentKind, incidentCourses } from './incident-kinds.js';

/**
 * What is known of an endpoint when it is judged, each after persistence: `fail` is the bad news of the field, and
 * `inconclusive` says that there was too little to know.
 */
export interface Evidence {
  /** Schema and data of the newest windows. */
  readonly skew: Verdict;
  /** Inputs of the first window after a release, beside the rows that the model was validated on. */
  readonly firstWindow: Verdict;
  /** Inputs, by column or together, beside the reference. */
  readonly inputs: Verdict;
  /** Predictions, beside those of the test rows. */
  readonly predictions: Verdict;
  /** Quality by what turned out to be true. */
  readonly realised: Verdict;
  /** Quality as estimated without it; `inconclusive` where the estimate's assumptions do not hold. */
  readonly estimated: Verdict;
  /** Shares of the outcomes, with inputs stable within each. */
  readonly outcomes: Verdict;
}

/** One cause, and in words what was seen that makes it the one. */
export interface Cause {
  readonly kind: IncidentKind;
  readonly because: string;
}

/** Tried from top to bottom; the first that holds is the cause. Skew stands first, since it looks like all the others. */
const causes: readonly (Cause & { readonly holds: (evidence: Evidence) => boolean })[] = [
  {
    kind: 'data-skew',
    because: 'the data of the window is not what was agreed on',
    holds: ({ skew }) => skew === 'fail',
  },
  {
    kind: 'training-serving-skew',
    because: 'the first window after the release already differs from the validation rows',
    holds: ({ firstWindow }) => firstWindow === 'fail',
  },
  {
    kind: 'prior-shift',
    because: 'the shares of the outcomes moved, and the inputs within each did not',
    holds: ({ outcomes, inputs }) => outcomes === 'fail' && inputs === 'pass',
  },
  {
    kind: 'harmful-drift',
    because: 'inputs moved, and what turned out to be true says that the answers are worse',
    holds: ({ inputs, realised }) => inputs === 'fail' && realised === 'fail',
  },
  {
    kind: 'harmful-drift',
    because: 'inputs moved, and the quality estimated for them is below its band',
    holds: ({ inputs, realised, estimated }) =>
      inputs === 'fail' && realised !== 'pass' && estimated === 'fail',
  },
  {
    kind: 'covariate-drift',
    because: 'inputs moved, and no loss is seen',
    holds: ({ inputs }) => inputs === 'fail',
  },
  {
    kind: 'concept-drift',
    because: 'inputs and predictions are stable, and the answers are worse',
    holds: ({ inputs, predictions, realised }) =>
      inputs === 'pass' && predictions === 'pass' && realised === 'fail',
  },
  {
    kind: 'unexplained-loss',
    because: 'the answers are worse, and what is known of the inputs does not say why',
    holds: ({ realised }) => realised === 'fail',
  },
];

/** The cause of what was seen; null where nothing is wrong, or too little is known to say that something is. */
export function classify(evidence: Evidence): Cause | null {
  const found = causes.find(({ holds }) => holds(evidence));
  return found ? { kind: found.kind, because: found.because } : null;
}

export interface RetrainingDecision {
  readonly starts: boolean;
  readonly reason: string;
}

/**
 * Whether a cause starts a retraining by itself. Limits that few windows taught do so only beside a loss that was seen.
 *
 * @param blockedBy an open incident of the endpoint that blocks it, whatever the cause
 */
export function decideRetraining(
  { kind, because }: Cause,
  { realised }: Pick<Evidence, 'realised'>,
  { isCalibrated, blockedBy }: { readonly isCalibrated: boolean; readonly blockedBy: IncidentKind | null },
): RetrainingDecision {
  const { routes, words } = incidentCourses[kind];
  if (!routes.includes('retrain')) return { starts: false, reason: words };
  if (blockedBy !== null)
    return { starts: false, reason: `an open incident blocks it: ${incidentCourses[blockedBy].words}` };
  if (!isCalibrated && realised !== 'fail')
    return { starts: false, reason: 'its limits come from few windows, and no loss was seen beside it' };
  return { starts: true, reason: because };
}
