import type { OnnxInterface } from '../domain/onnx/model-interface.js';
import type { FeedbackRow } from '../domain/ports/predictions.js';
import type { ExecutionProvider } from '../domain/serving/execution-provider.js';

import type { InferenceAnswer, InferenceRequest } from './inference-request.js';
import type { FeedbackReply } from './record/feedback-desk.js';

/** A version of a model as it is served. */
export interface ServedVersion {
  readonly model: string;
  readonly version: string;
  readonly state: 'READY' | 'LOADING' | 'UNLOADING' | 'UNAVAILABLE';
  /** Why it is not ready; empty where it is. */
  readonly reason: string;
  /** Null before it could be read. */
  readonly interface: OnnxInterface | null;
}

/** Counts since the start, times in nanoseconds. */
export interface VersionStatistics {
  readonly model: string;
  readonly version: string;
  /** When the newest request came; null before the first. */
  readonly lastAtMs: number | null;
  readonly rows: number;
  readonly batches: number;
  /** Of the batches, those that were run on the thread that reads requests. */
  readonly inline: number;
  readonly success: Counted;
  readonly fail: Counted;
  readonly queue: Counted;
  readonly compute: Counted;
  /** By rows of a batch. */
  readonly batchSizes: ReadonlyMap<number, Counted>;
}

export interface Counted {
  readonly count: number;
  readonly ns: number;
}

/** How the server serves, at this moment. */
export interface ServingFacts {
  readonly executionProvider: ExecutionProvider;
  /** Of the deployment whose models are all served; null where nothing was deployed. */
  readonly endpoint: string | null;
  readonly revision: string | null;
}

/** What the protocol edges stand on. */
export interface DataPlane {
  /**
   * Errors: `MODEL_NOT_FOUND` for an unknown model or version, `MODEL_NOT_READY`, `REQUEST_INVALID` where tensors do not fit
   * the model, naming the tensor, `OVERLOADED` where the queue is full, `DEADLINE_EXCEEDED`, `MODEL_RUN` where the model
   * cannot answer these rows.
   */
  infer(request: InferenceRequest): Promise<InferenceAnswer>;
  /**
   * Counts a request that an edge refused, of the model that the server is for where it names none. An error of `infer` is
   * counted already, and one of a model that is not here is nobody's.
   */
  refused(of: { readonly model?: string; readonly version?: string | null }, error: object): void;
  /** Takes what turned out to be true of predictions; absent where none are recorded. Error: `OVERLOADED`. */
  readonly takeFeedback?: ((rows: readonly FeedbackRow[]) => Promise<FeedbackReply>) | undefined;
  /** Error: `UNAUTHENTICATED` where one of the sources must show a token, and it is not this. */
  requireTokens(sources: ReadonlySet<string>, shown: string | undefined): void;
  /** Every version there is, by model and version. */
  versions(): readonly ServedVersion[];
  /** The one that answers. Errors: `MODEL_NOT_FOUND`. */
  find(model: string, version: string | null): ServedVersion;
  /** The model of `/predict`; null where it is not told apart. */
  readonly defaultModel: string | null;
  readonly facts: ServingFacts;
  /** Of one version, of all of a model, or of all. */
  statistics(model?: string, version?: string): readonly VersionStatistics[];
  /** Reads the versions of a model again. Error: `MODEL_NOT_FOUND`, that of the model that cannot be loaded. */
  load(model: string): Promise<void>;
  unload(model: string): Promise<void>;
  isLive(): boolean;
  /** Every model that should be is ready, and it is not being stopped. */
  isReady(): boolean;
}
