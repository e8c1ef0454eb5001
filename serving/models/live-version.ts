import { availableParallelism } from 'node:os';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { ExecutionProvider } from '../../domain/serving/execution-provider.js';
import { cleanReason } from '../../inference/clean-reason.js';
import { allocate, type TensorValue } from '../../inference/codec/tensors.js';
import { type Batcher, type BatchLimits, createBatcher } from '../batching/batcher.js';
import type { VersionCounters } from '../version-counters.js';
import type { InlineRuns } from '../workers/inline-runs.js';
import type { ThreadStart } from '../workers/thread-messages.js';
import { openThreadPool, type ThreadPool } from '../workers/thread-pool.js';
import { isMeasurable, mostShortRows } from './measured-run.js';
import type { VettedModel } from './vet-model.js';

export interface LiveLimits extends BatchLimits {
  /** Threads that hold the model, each for one batch at a time. */
  readonly workers: number;
  /** Longest time of one run; a thread that takes longer is given up. */
  readonly mostRunMs: number;
  readonly executionProvider: ExecutionProvider;
}

/** A version that answers. */
export interface LiveVersion {
  readonly file: Uint8Array;
  /** Of the file. */
  readonly sha256: string;
  readonly interface: OnnxInterface;
  readonly isRowWise: boolean;
  readonly batcher: Batcher;
  /** What it answers to no rows at all, by name of output. */
  readonly nothing: ReadonlyMap<string, TensorValue>;
  /** Answers what it was asked, then ends its threads. Nothing may be asked after it was called. */
  close(): Promise<void>;
}

/** `onBroken`: it can answer nothing any more. Error: `MODEL_LOAD`. */
export async function openLiveVersion(
  vetted: VettedModel,
  { workers, mostRunMs, executionProvider, ...batchLimits }: LiveLimits,
  counters: VersionCounters,
  onBroken: (reason: string) => void,
): Promise<LiveVersion> {
  const { file, sha256, interface: shape, isRowWise } = vetted;
  const computeThreads = Math.max(1, Math.floor(availableParallelism() / workers));
  // A thread may die while others are still being opened.
  let batcher: Batcher | undefined;
  const start = { file, interface: shape, computeThreads, executionProvider, mostRunMs };
  const pool = await openThreadPool(start, workers, {
    onReplaced: () => batcher?.pump(),
    onBroken: (reason) => {
      onBroken(reason);
      batcher?.refuseAll(new RatchetError('MODEL_NOT_READY', reason));
    },
  });
  const inline = await openInline(vetted, pool, start).catch(async (cause: unknown) => {
    await pool.close();
    throw new RatchetError('MODEL_LOAD', `the model could not be loaded: ${cleanReason(messageOf(cause))}`);
  });
  const opened = createBatcher({ pool, inline }, batchLimits, counters);
  batcher = opened;
  return {
    file,
    sha256,
    interface: shape,
    isRowWise,
    batcher: opened,
    nothing: answerToNothing(vetted),
    close: async () => {
      await opened.drained();
      await Promise.all([pool.close(), inline?.close()]);
    },
  };
}

/** Null where a run is not known to be short enough: it goes to a thread then, always. */
async function openInline(
  vetted: VettedModel,
  pool: ThreadPool,
  start: ThreadStart,
): Promise<InlineRuns | null> {
  if (start.executionProvider !== 'cpu' || !isMeasurable(vetted)) return null;
  const mostRows = await mostShortRows(pool, vetted.interface);
  if (mostRows === 0) return null;
  const { openInlineRuns } = await import('../workers/inline-runs.js');
  return openInlineRuns(start, mostRows);
}

/** As wide as the answer to one row was; where there was none, what the interface leaves open is 0. */
function answerToNothing({ interface: { outputs }, sample }: VettedModel): ReadonlyMap<string, TensorValue> {
  return new Map(
    outputs.map(({ name, type, shape }) => {
      const seen = sample?.find((t) => t.name === name)?.dims ?? shape.map((size) => Math.max(size, 0));
      return [name, { name, type, dims: [0, ...seen.slice(1)], data: allocate(type, 0) }];
    }),
  );
}
