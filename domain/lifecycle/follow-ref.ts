import type { LineName } from './handle-triggers.js';
import type { ReleaseServingInput } from './release-serving.js';

export interface RefName {
  readonly project: string;
  /** Full name, `refs/heads/main`. */
  readonly ref: string;
}

/** A head that was not handled yet. */
export interface NewHead extends RefName {
  readonly repo: string;
  /** The head that was handled before; null where there was none. */
  readonly from: string | null;
  readonly to: string;
  /** Whether the files that say what a project is may be others. */
  readonly applies: boolean;
}

/** How a head was applied. */
export interface AppliedHead {
  /** Null where it was; else the words of its refusal. */
  readonly refusal: string | null;
  /** Why its timetables could not be brought to the server, although it is applied; they are tried again by timetable. */
  readonly undeclared?: string;
}

/** What a head led to. */
export interface FollowedRef {
  /** In words, for the delivery that told of it. */
  readonly result: string;
  readonly wakes: readonly LineName[];
  /** Releases of endpoints whose serving code it changed; absent in histories from before there were any. */
  readonly releases?: readonly ReleaseServingInput[];
}

/** Deliveries, as far as they could be handled at once, and what is left to follow. */
export interface SortedDeliveries {
  readonly refs: readonly (RefName & { readonly deliveries: readonly string[] })[];
  readonly wakes: readonly LineName[];
  /** Whether there may be more. */
  readonly isMore: boolean;
}
