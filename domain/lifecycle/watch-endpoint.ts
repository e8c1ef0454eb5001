import type { EndpointName } from '../ports/deployment-target.js';

export interface WatchEndpointInput extends EndpointName {
  /** Length of a history after which the next begins; for tests. */
  readonly continueAfterEvents?: number;
}

/** What a watch did with the windows that were due. */
export interface WatchStep {
  readonly judged: number;
  /** When it looks again; the past where more are due at this moment. */
  readonly wakeAt: string;
  /** Models whose lines have new events of the monitoring. */
  readonly wakes: readonly { readonly project: string; readonly model: string }[];
  /** Whether the endpoint is gone, and nothing is left to judge. */
  readonly isGone: boolean;
}
