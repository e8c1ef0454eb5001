import { seededRandom } from '../../stats/seeded-random.js';
import { checkedBlocks, checkLength, neededColumn } from '../checked-columns.js';
import { clusteringMetricNames, clusteringMetrics } from '../clustering-metrics.js';
import { type ClusterRows, takeIds, takeRowsOf } from '../rows.js';
import type { TaskMethod } from '../task-method.js';

/** Which rows belong together. There is no truth to fit too well, and no constant answer to compare with. */
export const clustering: TaskMethod<ClusterRows> = {
  metricNames: clusteringMetricNames,
  read: (input, split) => {
    const assigned = neededColumn(input, 'assigned', split);
    const block = checkedBlocks(input, assigned.length, split);
    if (!input.features) return { assigned, width: 0, block };
    const width = assigned.length === 0 ? 0 : Math.floor(input.features.length / assigned.length);
    checkLength(input.features.length, width * assigned.length, 'features', split);
    return { assigned, features: input.features, width, block };
  },
  isLabelled: () => true,
  take: (rows, indices) => ({
    ...rows,
    assigned: takeIds(rows.assigned, indices),
    ...(rows.features ? { features: takeRowsOf(rows.features, rows.width, indices) } : {}),
    block: takeIds(rows.block, indices),
  }),
  judge: (_train, _validation, seed) => ({
    findings: [],
    metrics: (rows, resamples) => clusteringMetrics(rows, resamples, seededRandom(seed)),
    baseline: () => ({}),
    pictures: () => ({}),
  }),
};
