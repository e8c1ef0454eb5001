import type { RowDifference } from '../monitoring/replay/replay-tally.js';
import type { EndpointName } from '../ports/deployment-target.js';

export interface ReplayAnswersInput extends EndpointName {
  /** Of event time, ISO-8601; `to` is not included. */
  readonly from: string;
  readonly to: string;
  /** Where more was answered, about so many are chosen by their ids. */
  readonly mostRows: number;
}

/** What the model files say today of what was recorded. */
export interface ReplayedAnswers {
  /** Rows that were asked again. */
  readonly compared: number;
  /** Of them, those with every output the same to the last bit. */
  readonly equal: number;
  /** Of them, those beyond the tolerance. */
  readonly differing: number;
  /** Rows whose inputs were not recorded as they came: masked, dropped, or beyond what a double holds. */
  readonly unreadable: number;
  /** Rows of versions that the registry does not know. */
  readonly unknown: number;
  readonly tolerance: number;
  /** The largest differences, largest first. */
  readonly worst: readonly RowDifference[];
  readonly versions: readonly {
    readonly model: string;
    readonly version: string;
    readonly modelDigest: string;
    readonly compared: number;
  }[];
}
