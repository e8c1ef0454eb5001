import type { OnnxInterface } from '../onnx/model-interface.js';
import type { ServedMinute } from './served-minutes.js';

/** What answered: one version of a model, as it was served. */
export interface ServedModel {
  /** UUID made of all the rest, so that whoever records it twice records it once. */
  readonly id: string;
  /** Null for a model of a folder. */
  readonly project: string | null;
  /** Null for a server that is none of an endpoint. */
  readonly endpoint: string | null;
  readonly model: string;
  readonly version: string;
  /** SHA-256 of its file. */
  readonly modelDigest: string;
  readonly interface: OnnxInterface;
}

/** One row that was answered. It is the one of its id and its number. */
export interface PredictionRow {
  /** UUID of version 7, of the answer. Its time is that of the answer. */
  readonly id: string;
  /** Counts from 0 within the request. */
  readonly row: number;
  /** Time of the id. */
  readonly at: string;
  /** When what was asked about happened; null for the time of the answer. */
  readonly eventAt: string | null;
  /** Id of a `ServedModel`. */
  readonly served: string;
  readonly unit: string | null;
  readonly requestId: string | null;
  /** Nobody was answered with it: it was made again of its inputs, since something was told of it. */
  readonly forFeedback: boolean;
  /** JSON object of the values by the names of tensors. */
  readonly inputs: string;
  readonly outputs: string;
}

/** What turned out to be true, or what it was worth, of one row that was answered. */
export interface FeedbackRow {
  readonly predictionId: string;
  readonly row: number;
  /** Who says so; of one source the first word counts. */
  readonly source: string;
  /** JSON; null where only the reward is known. */
  readonly truth: string | null;
  readonly reward: number | null;
  /** When it came true. */
  readonly eventAt: string | null;
  readonly receivedAt: string;
}

/**
 * Where the server of models delivers what it saw. Errors: `REQUEST_INVALID` where a row can never be stored, and nothing
 * was; any other where it may be later, such as `PART_UNAVAILABLE`.
 */
export interface PredictionSink {
  /** Rows that are there already are left as they are. Resolves to how many were not there. */
  store(models: readonly ServedModel[], rows: readonly PredictionRow[]): Promise<number>;
  /** Rows of predictions that are not there are kept aside until they are. */
  storeFeedback(rows: readonly FeedbackRow[]): Promise<FeedbackCounts>;
  /** Those that are there already are left as they are. */
  storeMinutes(minutes: readonly ServedMinute[]): Promise<void>;
  close(): Promise<void>;
}

export interface FeedbackCounts {
  readonly stored: number;
  readonly duplicate: number;
  readonly unknown: number;
}

/** The days that predictions lie in. */
export interface PredictionDays {
  /** Makes room for today and so many days ahead, and for days that rows came for unforeseen. How many were made. */
  make(daysAhead: number): Promise<number>;
  /** Drops days that ended longer ago, with their feedback. How many were dropped. */
  drop(keepDays: number): Promise<number>;
  /** Forgets predictions, with their feedback, that their endpoint keeps no longer by its watch. At most so many; how many. */
  forget(most: number): Promise<number>;
  /** Brings feedback together with predictions that came after it. How many rows. */
  matchFeedback(): Promise<number>;
}
