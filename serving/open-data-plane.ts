import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ModelLimits } from '../inference/guarded-host.js';
import { createDataPlane } from './data-plane.js';
import type { DataPlane } from './data-plane-port.js';
import { createModelLoader } from './models/model-loader.js';
import { createServedModels } from './models/served-models.js';

export interface DataPlaneOptions {
  /** A folder laid out as `<model>/<version>/model.onnx`, with an optional `interface.json` beside each. */
  readonly repository: string;
  /** The model of `/predict`; null for the only one there is. */
  readonly defaultModel: string | null;
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
}

/**
 * Serves a repository. Resolves when every version was tried; one that failed is `UNAVAILABLE` with its reason. `close`
 * answers what was asked before, then ends every thread.
 * Error: `MODEL_NOT_FOUND` where the default model is not there.
 */
export async function openDataPlane(
  options: DataPlaneOptions,
): Promise<DataPlane & { close(): Promise<void> }> {
  const { repository, defaultModel, timeoutMs, limits, workers, mostQueuedRows, mostBatchRows } = options;
  const models = createServedModels();
  const live = { workers, mostQueuedRows, mostBatchRows, mostRunMs: limits.deadlineMs };
  const loader = createModelLoader(models, { repository, limits, live });
  await loader.loadAll();
  if (defaultModel !== null && !models.names().includes(defaultModel)) {
    await loader.close();
    throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${defaultModel}", the default one`);
  }
  return createDataPlane(models, loader, { defaultModel, timeoutMs });
}
