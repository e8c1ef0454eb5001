import type { Metric } from 'prom-client';

/** Values by how large they are: to count one costs a few additions. */
export class Distribution {
  /** One for each bound, and one for what is beyond the last. */
  private readonly counts: Float64Array;
  private readonly bounds: readonly number[];
  private sum = 0;

  /** `bounds`: ascending. */
  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    let at = 0;
    while (at < this.bounds.length && value > (this.bounds[at] ?? 0)) at += 1;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.sum += value;
  }

  read(): { readonly counts: readonly number[]; readonly sum: number } {
    return { counts: [...this.counts], sum: this.sum };
  }
}

export interface HistogramParts {
  readonly name: string;
  readonly help: string;
  readonly bounds: readonly number[];
  readonly series: () => readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly of: Distribution;
  }[];
}

/** A histogram over distributions that are counted elsewhere. The library's own looks its labels up at every value. */
export function histogramOf({ name, help, bounds, series }: HistogramParts): Metric {
  const get = async () => {
    const values = series().flatMap(({ labels, of }) => linesOf(name, labels, bounds, of));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  };
  // All that a registry asks of a metric.
  return { name, get } as unknown as Metric;
}

function linesOf(
  name: string,
  labels: Readonly<Record<string, string>>,
  bounds: readonly number[],
  of: Distribution,
) {
  const { counts, sum } = of.read();
  let count = 0;
  const buckets = counts.map((more, at) => {
    count += more;
    const le = bounds[at] === undefined ? '+Inf' : String(bounds[at]);
    return { labels: { le, ...labels }, value: count, metricName: `${name}_bucket` };
  });
  return [
    ...buckets,
    { labels, value: sum, metricName: `${name}_sum` },
    { labels, value: count, metricName: `${name}_count` },
  ];
}
