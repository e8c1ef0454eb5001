import { quantiles } from '../../stats/quantile.js';
import { anomalyMetricNames, anomalyMetrics } from '../anomaly-metrics.js';
import { checkedBlocks, checkLength, checkValues, columnRules, neededColumn } from '../checked-columns.js';
import type { SplitName } from '../evaluation.js';
import type { SplitInput } from '../evaluation-input.js';
import { type AnomalyRows, takeIds, takeScored } from '../rows.js';
import type { TaskMethod } from '../task-method.js';

/** A model that only scores calls this share of train normal. */
const normalShare = 0.95;

/** How unusual a row is. Rows without a label count in the rate; there is no constant answer to compare with. */
export const anomaly: TaskMethod<AnomalyRows> = {
  metricNames: anomalyMetricNames,
  fit: { gap: 'separation', gain: 'separation' },
  read: readAnomalies,
  isLabelled: () => true,
  take: (rows, indices) => ({
    ...takeScored(rows, indices),
    ...(rows.assigned ? { assigned: takeIds(rows.assigned, indices) } : {}),
  }),
  judge: (train) => {
    const learns = !train.assigned && train.score.length > 0;
    const threshold = learns ? quantiles(train.score, [normalShare])[0] : undefined;
    return {
      ...(threshold === undefined ? {} : { threshold }),
      findings: [],
      metrics: (rows) => anomalyMetrics(rows, threshold),
      baseline: () => ({}),
      pictures: () => ({}),
    };
  },
};

function readAnomalies(input: SplitInput, split: SplitName): AnomalyRows {
  const score = neededColumn(input, 'score', split);
  checkValues(score, columnRules.finite, 'score', split);
  const label = input.label ?? new Float64Array(score.length).fill(Number.NaN);
  checkLength(label.length, score.length, 'label', split);
  checkValues(label, columnRules.binaryLabel, 'label', split);
  const block = checkedBlocks(input, score.length, split);
  if (!input.assigned) return { label, score, block };
  checkLength(input.assigned.length, score.length, 'assigned', split);
  checkValues(input.assigned, columnRules.flag, 'assigned', split);
  return { label, score, assigned: input.assigned, block };
}
