import type { BlockResamples } from '../stats/block-resamples.js';
import { sumByBlock } from '../stats/block-sums.js';
import { denseIds } from '../stats/dense-ids.js';
import { sampleIndices } from '../stats/sample-indices.js';
import type { Random } from '../stats/seeded-random.js';
import { daviesBouldin } from './davies-bouldin.js';
import type { MetricName } from './metric-catalogue.js';
import { allUndefined, type Metrics, type MetricValue, measured, undefinedMetric } from './metric-value.js';
import { type ClusterRows, takeIds, takeRowsOf } from './rows.js';
import { silhouettes } from './silhouette.js';
import { type SumStatistic, sumMetrics } from './sum-statistic.js';

/** Metrics of a clustering, by name. */
export const clusteringMetricNames = ['silhouette', 'daviesBouldin'] as const satisfies readonly MetricName[];

/** The silhouette is quadratic in rows: beyond this many it is taken from a sample. */
const mostSilhouetteRows = 2_000;

/**
 * The silhouette (of at most 2,000 rows, drawn with `random`; its interval is a bootstrap over blocks of the rows'
 * own silhouettes) and the Davies-Bouldin index (of all rows, without an interval: it is no function of sums).
 */
export function clusteringMetrics(rows: ClusterRows, resamples: BlockResamples, random: Random): Metrics {
  const reason = whyNotJudged(rows);
  if (reason) return allUndefined(clusteringMetricNames, reason);
  const { features = new Float64Array(), width, assigned } = rows;
  const { ids, count } = denseIds(assigned);
  return {
    silhouette: silhouetteMetric({ ...rows, features }, resamples, random),
    daviesBouldin:
      count < 2
        ? undefinedMetric('all rows lie in one cluster')
        : measured(daviesBouldin(features, width, ids, count), ids.length),
  };
}

function whyNotJudged({ assigned, features }: ClusterRows): string | undefined {
  if (assigned.length === 0) return 'there is no row';
  if (!features) return 'the features of the rows are not at hand';
  if (features.some((value) => !Number.isFinite(value))) return 'a feature holds a missing or infinite value';
  return undefined;
}

function silhouetteMetric(
  rows: ClusterRows & { readonly features: Float64Array },
  resamples: BlockResamples,
  random: Random,
): MetricValue {
  const sample = sampleIndices(rows.assigned.length, mostSilhouetteRows, random);
  const { ids, count } = denseIds(takeIds(rows.assigned, sample));
  if (count < 2) return undefinedMetric('all rows lie in one cluster');
  if (count === sample.length) return undefinedMetric('every row is a cluster of its own');
  const own = silhouettes(takeRowsOf(rows.features, rows.width, sample), rows.width, ids, count);
  const table = sumByBlock(takeIds(rows.block, sample), 2, (sums, at, row) => {
    sums[at] = (sums[at] ?? 0) + 1;
    sums[at + 1] = (sums[at + 1] ?? 0) + (own[row] ?? 0);
  });
  return sumMetrics(table, resamples, { silhouette: meanSilhouette }, own.length).silhouette;
}

const meanSilhouette: SumStatistic = {
  of: ([rows = 0, sum = 0]) => (rows === 0 ? undefined : sum / rows),
  undefinedBecause: 'there is no row',
};
