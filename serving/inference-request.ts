import type { TensorValue } from '../inference/codec/tensors.js';
import type { Gone } from './departure.js';

/** A request as every protocol means it, after its edge has translated it. */
export interface InferenceRequest {
  readonly model: string;
  /** Null for the version that answers without one. */
  readonly version: string | null;
  /** In any order. Their first dimension is the rows. */
  readonly inputs: readonly TensorValue[];
  /** Names of the outputs that are wanted; empty for all. */
  readonly outputs: readonly string[];
  /** Longest time to an answer, at most the setting of the server, which holds where this is absent. */
  readonly timeoutMs?: number | undefined;
  /** 1 is answered first, 9 last; 0 or absent for the middle. */
  readonly priority?: number | undefined;
  /** Whom it is about, and what whoever asked calls it: both are recorded with the answer. */
  readonly unitId?: string | undefined;
  readonly requestId?: string | undefined;
  /** It was answered before, and is made again of its inputs, since something is told of it. */
  readonly forFeedback?: boolean;
  /** When what is asked about happened, ISO-8601 in UTC; absent for the time of the answer. */
  readonly eventAt?: string | undefined;
  /** Whoever asked has gone away: what still waits is dropped. */
  readonly signal?: Gone;
}

/** What a model answered, in the order in which outputs were wanted. */
export interface InferenceAnswer {
  readonly model: string;
  /** The version that answered. */
  readonly version: string;
  /** What the truth is told by later; absent where the answer was not recorded. */
  readonly predictionId?: string | undefined;
  readonly outputs: readonly TensorValue[];
}
