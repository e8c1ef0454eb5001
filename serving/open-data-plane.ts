import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ExecutionProvider } from '../domain/serving/execution-provider.js';
import type { ModelLimits } from '../inference/guarded-host.js';
import { createDataPlane, type DataPlaneAtWork } from './data-plane.js';
import type { SourceTokens } from './feedback/source-tokens.js';
import { createModelLoader, type LoadFailure } from './models/model-loader.js';
import type { ModelSource } from './models/model-source.js';
import { requireProvider } from './models/require-provider.js';
import { createServedModels } from './models/served-models.js';
import type { AnswerRecord } from './record/answer-record.js';
import type { TrafficMeter } from './record/traffic-tallies.js';

export interface DataPlaneOptions {
  /** Where the models come from. */
  readonly source: ModelSource;
  /** The model of `/predict`; null for the one that the source says, or else the only one there is. */
  readonly defaultModel: string | null;
  readonly executionProvider: ExecutionProvider;
  /** Threads for each version of a model. */
  readonly workers: number;
  /** Rows that may wait for one version of a model. */
  readonly mostQueuedRows: number;
  /** Rows that are run together; a request with more runs alone. */
  readonly mostBatchRows: number;
  /** Longest time to an answer; a request may ask for less. */
  readonly timeoutMs: number;
  /** Of the process in which a model is tried first. Its deadline is that of each run in a thread, too. */
  readonly limits: ModelLimits;
  /** Absent where nothing is recorded. It is closed with the plane. */
  readonly record?: AnswerRecord | undefined;
  /** Absent where nobody wants to know what becomes of requests. */
  readonly meter?: TrafficMeter | undefined;
  /** Default: no source of feedback must show a token. */
  readonly sourceTokens?: SourceTokens;
}

/** A data plane that was opened here. */
export interface OpenDataPlane extends DataPlaneAtWork {
  /** What could not be loaded at the start. */
  readonly failures: readonly LoadFailure[];
  /** Serves what the source has by now, as `ModelLoader.loadAll` does. */
  reload(): Promise<readonly LoadFailure[]>;
}

/**
 * Serves what a source has. Resolves when every version was tried; one that failed is `UNAVAILABLE` with its reason.
 * Errors: `MODEL_NOT_FOUND` where the default model is not there, `PART_MISSING` where the execution provider cannot be used.
 */
export async function openDataPlane(options: DataPlaneOptions): Promise<OpenDataPlane> {
  const {
    source,
    defaultModel,
    timeoutMs,
    limits,
    workers,
    mostQueuedRows,
    mostBatchRows,
    record,
    meter,
    sourceTokens = {},
  } = options;
  const { executionProvider } = options;
  const models = createServedModels();
  const live = { executionProvider, workers, mostQueuedRows, mostBatchRows, mostRunMs: limits.deadlineMs };
  const loader = createModelLoader(models, { source, limits, live });
  let failures: readonly LoadFailure[];
  try {
    await requireProvider(executionProvider, limits);
    failures = await loader.loadAll();
    if (defaultModel !== null && !models.names().includes(defaultModel)) {
      throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${defaultModel}", the default one`);
    }
  } catch (error) {
    await loader.close();
    await record?.close();
    throw error;
  }
  const plane = createDataPlane(models, loader, {
    defaultModel: () => defaultModel ?? source.defaultModel(),
    facts: () => {
      const { endpoint, revision } = source.deployed() ?? { endpoint: null, revision: null };
      return { executionProvider, endpoint, revision };
    },
    timeoutMs,
    record,
    meter,
    sourceTokens,
  });
  return Object.assign(plane, { failures, reload: () => loader.loadAll() });
}
