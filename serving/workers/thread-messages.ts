import type { OnnxInterface, TensorType } from '../../domain/onnx/model-interface.js';
import type { ExecutionProvider } from '../../domain/serving/execution-provider.js';
import type { TensorData } from '../../inference/codec/tensors.js';

/** What a thread is given to start with. */
export interface ThreadStart {
  /** The model file, as it was scanned and tried. */
  readonly file: Uint8Array;
  readonly interface: OnnxInterface;
  /** Threads of onnxruntime for one run. */
  readonly computeThreads: number;
  readonly executionProvider: ExecutionProvider;
}

/** Inputs of one run, in the order of the interface; it has their names and types. */
export interface ThreadBatch {
  readonly dims: readonly (readonly number[])[];
  readonly data: readonly TensorData[];
  /** Outputs that are wanted, in that order. */
  readonly outputs: readonly string[];
}

/** Outputs of one run, in the order in which they were wanted. */
export interface ThreadAnswer {
  readonly kind: 'answered';
  readonly types: readonly TensorType[];
  readonly dims: readonly (readonly number[])[];
  readonly data: readonly TensorData[];
  /** Time of the run itself. */
  readonly computeNs: number;
}

/** `ready` comes once, before any answer, or else `failed`. A reason is one line without paths. */
export type ThreadReply =
  | { readonly kind: 'ready' }
  | ThreadAnswer
  | { readonly kind: 'failed'; readonly reason: string };
