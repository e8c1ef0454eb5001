import type { EndpointName } from './deployment-target.js';

/** What was counted of a version of a model over some time. */
export interface ServedCounts {
  /** Requests that were answered, and how many rows they had. */
  readonly answered: number;
  readonly rows: number;
  /** Requests that were no fault of the server: their tensors do not fit. */
  readonly refused: number;
  /** Requests that it owed an answer: no room, no time, or a model that broke. */
  readonly failed: number;
  /** Time of the answered ones in all. */
  readonly sumMs: number;
  /** The answered ones by their time: one count for each of `latencyBoundsMs`, and one for what took longer. */
  readonly counts: readonly number[];
  /** What a serving application counts, by `name` or `name{label="value"}`. */
  readonly custom: Readonly<Record<string, CustomCount>>;
}

/** Values that were put to a metric: of a counter `sum` tells, of a gauge `last`, of a histogram `sum` by `count`. */
export interface CustomCount {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly count: number;
  readonly sum: number;
  readonly last: number;
}

/** What one server did with one version of a model within one minute. It is the one of all that is no count. */
export interface ServedMinute extends ServedCounts {
  /** `project/endpoint` */
  readonly endpoint: string;
  readonly model: string;
  readonly version: string;
  /** UUID of a server from its start to its end. */
  readonly server: string;
  /** Beginning of the minute, by the clock of the server. */
  readonly at: string;
}

/** All servers of an endpoint together. */
export interface ServedPoint extends ServedCounts {
  readonly model: string;
  readonly version: string;
  /** Beginning of a minute or hour. */
  readonly at: string;
}

export type ServedStep = 'minute' | 'hour';

/** What servers of models counted: minutes for some days, hours for long. */
export interface ServedMinutes {
  /** Points that begin in a span, in their order; none where nothing was asked. */
  points(
    name: EndpointName,
    step: ServedStep,
    span: { readonly from: string; readonly to: string },
  ): Promise<readonly ServedPoint[]>;
  /** Forgets minutes and hours that began longer ago. How many of both. */
  forget(asked: { readonly keepMinutesDays: number; readonly keepHoursDays: number }): Promise<number>;
}
