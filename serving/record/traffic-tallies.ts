import type { CustomCount, ServedCounts } from '../../domain/ports/served-minutes.js';
import { latencyBoundsMs } from '../../domain/serving/latency-bounds.js';
import { Distribution } from '../metrics/histogram.js';

/** A version by its name, as requests find it. */
export interface Served {
  readonly model: string;
  readonly version: string;
}

/** Counts what becomes of requests. */
export interface TrafficMeter {
  answered(of: Served, rows: number, ms: number): void;
  /** A request that could not be read or does not fit the model. */
  refused(of: Served): void;
  /** A request that was owed an answer. */
  failed(of: Served): void;
  /** A value of a metric of a serving application. */
  custom(of: Served, series: string, kind: CustomCount['kind'], value: number): void;
}

/** Series of one version; those that come after are not counted here. */
const mostSeries = 200;

interface Tally {
  answered: number;
  rows: number;
  refused: number;
  failed: number;
  readonly ms: Distribution;
  readonly custom: Map<string, CustomCount>;
}

/** What was counted since it was last taken. */
export class TrafficTallies implements TrafficMeter {
  private tallies = new Map<string, Map<string, Tally>>();

  answered(of: Served, rows: number, ms: number): void {
    const tally = this.tallyOf(of);
    tally.answered += 1;
    tally.rows += rows;
    tally.ms.add(ms);
  }

  refused(of: Served): void {
    this.tallyOf(of).refused += 1;
  }

  failed(of: Served): void {
    this.tallyOf(of).failed += 1;
  }

  custom(of: Served, series: string, kind: CustomCount['kind'], value: number): void {
    const { custom } = this.tallyOf(of);
    const before = custom.get(series);
    if (before === undefined && custom.size >= mostSeries) return;
    const { count, sum } = before ?? { count: 0, sum: 0 };
    custom.set(series, { kind, count: count + 1, sum: sum + value, last: value });
  }

  /** Begins anew. */
  take(): readonly (Served & ServedCounts)[] {
    const taken = this.tallies;
    this.tallies = new Map();
    return [...taken].flatMap(([model, versions]) =>
      [...versions].map(([version, tally]) => ({ model, version, ...countsOf(tally) })),
    );
  }

  private tallyOf({ model, version }: Served): Tally {
    let versions = this.tallies.get(model);
    if (versions === undefined) {
      versions = new Map();
      this.tallies.set(model, versions);
    }
    const found = versions.get(version);
    if (found !== undefined) return found;
    const made: Tally = { ...nothing, ms: new Distribution(latencyBoundsMs), custom: new Map() };
    versions.set(version, made);
    return made;
  }
}

const nothing = { answered: 0, rows: 0, refused: 0, failed: 0 } as const;

function countsOf({ ms, custom, ...numbers }: Tally): ServedCounts {
  const { counts, sum } = ms.read();
  return { ...numbers, sumMs: sum, counts, custom: Object.fromEntries(custom) };
}
