import type { FeedbackCounts } from '../../domain/ports/predictions.js';
import type { DeliveryPace } from './delivery-pace.js';

/** What the thread that delivers is given to start with. */
export interface DeliveryStart {
  readonly folder: string;
  /** Postgres as `ratchet_serving`. */
  readonly databaseUrl: string;
  readonly pace: DeliveryPace;
}

/** A closed segment to deliver; to try again at once what waits; to end after what is under way. */
export type DeliveryOrder =
  | { readonly kind: 'segment'; readonly name: string }
  | { readonly kind: 'hurry' }
  | { readonly kind: 'end' };

export interface DeliveredSegment {
  readonly kind: 'delivered';
  readonly name: string;
  /** Rows of predictions that were not there before, and that were. */
  readonly rows: number;
  readonly duplicates: number;
  readonly feedback: FeedbackCounts;
  /** Records that can never be stored. */
  readonly setAside: number;
  readonly asideBytes: number;
}

/** `waits`: the database takes nothing, for this reason; `flows`: it does again. */
export type DeliveryNews =
  | DeliveredSegment
  | { readonly kind: 'waits'; readonly reason: string }
  | { readonly kind: 'flows' };
