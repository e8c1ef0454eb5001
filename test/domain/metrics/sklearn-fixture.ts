import type { SplitInput } from '../../../domain/metrics/evaluation-input.js';
import fixture from './fixtures/sklearn.json' with { type: 'json' };

/** The data sets that scikit-learn has judged, and its numbers. */
export const sklearn = fixture;

export const binaryRows: SplitInput & { readonly label: Float64Array; readonly score: Float64Array } = {
  label: Float64Array.from(fixture.binary.label),
  score: Float64Array.from(fixture.binary.score),
};

export const regressionRows: SplitInput & { readonly label: Float64Array; readonly score: Float64Array } = {
  label: Float64Array.from(fixture.regression.label),
  score: Float64Array.from(fixture.regression.score),
};

export const multiclassRows: SplitInput = {
  label: Float64Array.from(fixture.multiclass.label),
  probabilities: Float64Array.from(fixture.multiclass.probabilities),
};

export const clusterRows: SplitInput = {
  assigned: Int32Array.from(fixture.clusters.assigned),
  features: Float64Array.from(fixture.clusters.features),
};
