import type { MonitoringConfig } from '../config/monitoring.js';
import { leastDriftRows } from '../drift/sample-rules.js';
import type { Columns } from './column-values.js';
import { judgeEstimate } from './estimate-quality.js';
import { judgeFirstWindow } from './first-window.js';
import { judgeMultivariate, type MultivariateReference } from './multivariate.js';
import { judgeOutliers } from './outliers.js';
import { knownRegions } from './profile/known-regions.js';
import type { ReferenceProfile } from './profile/reference-profile.js';
import { sampledColumns } from './profile/row-sample.js';
import type { InputsEvidence } from './window-evidence.js';

/** What the model said of the rows. */
export interface Answers {
  readonly scores: Float64Array;
  /** From which score on a classification answers 1. */
  readonly threshold: number;
}

type Told = Pick<InputsEvidence, 'multivariate' | 'outliers' | 'firstWindow' | 'estimated'>;

const mostOwnArea = 0.8;
const wrongData = 'the data of the window is wrong, which is to be mended first';

/** The reference's own windows are told from the rest so well that the next one is too, whatever happens. */
const isAlwaysTold = ({ method, limit }: MultivariateReference) =>
  method === 'classifier' && limit > mostOwnArea;

/**
 * All inputs of a window together: whether they can be told from the reference, how many rows lie alone, and for the first
 * traffic of a version whether it is what it was validated on, and how good the answers probably are. Null is what is turned off, what
 * a model has not, and the first where the reference's own windows can be told apart nearly always.
 *
 * @param hasSkew whether the data of the window is wrong: then nothing else is said of it
 * @param isFirst whether no window of the version has yet looked like its validation rows
 */
export function judgeTogether(
  profile: ReferenceProfile,
  window: Columns,
  {
    detectors,
    hasSkew,
    isFirst,
    answers,
  }: {
    readonly detectors: MonitoringConfig['detectors'];
    readonly hasSkew: boolean;
    readonly isFirst: boolean;
    readonly answers: Answers;
  },
): Told {
  const sample = sampledColumns(profile.sample, profile.columns);
  const { multivariate, outliers, validation, estimate } = profile;
  const unjudged = { verdict: 'inconclusive', text: wrongData } as const;
  const told = {
    multivariate: () => {
      if (multivariate === null || isAlwaysTold(multivariate)) return null;
      const { method, limit, isCalibrated } = multivariate;
      if (hasSkew) return { ...unjudged, method, measure: null, limit, isCalibrated, columns: [] };
      return judgeMultivariate(multivariate, sample, window);
    },
    outliers: () => {
      if (outliers === null) return null;
      if (hasSkew) return { ...unjudged, share: null, limit: outliers.largestShare };
      return judgeOutliers(outliers, { sample, window, factor: detectors.outlierFactor });
    },
    firstWindow: () => {
      if (validation === null || !isFirst) return null;
      if (hasSkew) return { ...unjudged, columns: [] };
      const rows = sampledColumns(validation.sample, profile.columns);
      return judgeFirstWindow(rows, validation.limits, window);
    },
    estimated: () => {
      if (estimate === null) return null;
      if (hasSkew) return { ...unjudged, metric: estimate.metric, metrics: {} };
      const regions = knownRegions(profile);
      return judgeEstimate(estimate, { ...answers, columns: window }, { regions, leastRows: leastDriftRows });
    },
  };
  return {
    multivariate: told.multivariate(),
    outliers: told.outliers(),
    firstWindow: detectors.firstWindow ? told.firstWindow() : null,
    estimated: detectors.estimate ? told.estimated() : null,
  };
}
