import type { MonitoringConfig } from '../config/monitoring.js';
import type { ColumnValues } from './column-values.js';
import { judgeFirstWindow } from './first-window.js';
import { judgeMultivariate } from './multivariate.js';
import { judgeOutliers } from './outliers.js';
import type { ReferenceProfile } from './profile/reference-profile.js';
import { sampledColumns } from './profile/row-sample.js';
import type { InputsEvidence } from './window-evidence.js';

type Columns = Readonly<Record<string, ColumnValues>>;
type Told = Pick<InputsEvidence, 'multivariate' | 'outliers' | 'firstWindow'>;

/** Where the reference's own windows are told from the rest as well as that, the next one is too, whatever happens. */
const mostOwnArea = 0.8;
const wrongData = 'the data of the window is wrong, which is to be mended first';

/**
 * All inputs of a window together: whether they can be told from the reference, how many rows lie alone, and for the first
 * traffic of a version whether it is what it was validated on. Null is what is turned off, what
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
  }: {
    readonly detectors: MonitoringConfig['detectors'];
    readonly hasSkew: boolean;
    readonly isFirst: boolean;
  },
): Told {
  const sample = sampledColumns(profile.sample, profile.columns);
  const { multivariate, outliers, validation } = profile;
  const { limit, isCalibrated } = multivariate;
  const unjudged = { verdict: 'inconclusive', text: wrongData } as const;
  const told = {
    multivariate: () =>
      hasSkew
        ? { ...unjudged, auroc: null, limit, isCalibrated, columns: [] }
        : judgeMultivariate(sample, window, multivariate),
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
  };
  return {
    multivariate: detectors.multivariate && limit <= mostOwnArea ? told.multivariate() : null,
    outliers: detectors.outliers ? told.outliers() : null,
    firstWindow: detectors.firstWindow ? told.firstWindow() : null,
  };
}
