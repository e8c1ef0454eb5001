import type { ApplicationApi } from './application-api.js';

export const metricKinds = ['counter', 'gauge', 'histogram'] as const;

/** A metric of an application. Its labels have values that are known beforehand, so that its series are bounded. */
export interface ApplicationMetric {
  readonly kind: (typeof metricKinds)[number];
  readonly help: string;
  /** Values of each label; any other counts as `other`. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Upper bounds of a histogram, rising; empty for another kind. */
  readonly buckets: readonly number[];
}

/** What a serving application says of itself. */
export interface ApplicationDescription {
  readonly api: ApplicationApi;
  readonly metrics: Readonly<Record<string, ApplicationMetric>>;
  /** Rows as clients send them, at least one; they fit the API. */
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  /** Whether it makes rows of its API from rows of the dataset. */
  readonly samples: boolean;
}

/** File of a built application that holds its description. */
export const descriptionFile = 'application.json';
/** Module of a built application. */
export const entryFile = 'src/application.js';

/** Series that all metrics of an application may have together. */
export const mostSeries = 1000;

/** How many series a metric has at most, each bucket of a histogram being one. */
export function seriesOf({ labels, kind, buckets }: ApplicationMetric): number {
  const combinations = Object.values(labels).reduce((product, values) => product * (values.length + 1), 1);
  return combinations * (kind === 'histogram' ? buckets.length + 3 : 1);
}
