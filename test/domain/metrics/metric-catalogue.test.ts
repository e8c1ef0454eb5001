import { expect, it } from 'vitest';
import { anomalyMetricNames } from '../../../domain/metrics/anomaly-metrics.js';
import { binaryMetricNames } from '../../../domain/metrics/binary-metrics.js';
import { clusteringMetricNames } from '../../../domain/metrics/clustering-metrics.js';
import {
  directionOf,
  metricCatalogue,
  metricDirections,
  metricUnits,
} from '../../../domain/metrics/metric-catalogue.js';
import { measured } from '../../../domain/metrics/metric-value.js';
import { multiclassMetricNames } from '../../../domain/metrics/multiclass-metrics.js';
import { regressionMetricNames } from '../../../domain/metrics/regression-metrics.js';

it('every metric of a task is in the catalogue and every entry belongs to a task', () => {
  const named = new Set([
    ...binaryMetricNames,
    ...multiclassMetricNames,
    ...regressionMetricNames,
    ...anomalyMetricNames,
    ...clusteringMetricNames,
  ]);
  expect([...named].sort()).toEqual(Object.keys(metricCatalogue).sort());
});

it('says which way is better, and the unit', () => {
  expect(metricDirections.rocAuc).toBe('higher');
  expect(metricDirections.logLoss).toBe('lower');
  expect(metricDirections.anomalyRate).toBe('none');
  expect(metricUnits.mse).toBe('label squared');
});

it('what does not fit a number is undefined, never NaN or infinite', () => {
  expect(measured(Number.POSITIVE_INFINITY, 3).kind).toBe('undefined');
  expect(measured(Number.NaN, 3).kind).toBe('undefined');
  expect(measured(1, 3, { low: 0, high: Number.POSITIVE_INFINITY })).toEqual({
    kind: 'value',
    value: 1,
    n: 3,
  });
});

it('sorts by a loss downwards, and upwards by a score and by what only describes', () => {
  expect(directionOf('logLoss')).toBe('lower');
  expect(directionOf('rocAuc')).toBe('higher');
  expect(directionOf('residualP50')).toBe('higher');
});
