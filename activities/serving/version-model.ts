import { join } from 'node:path';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { type OpenModel, openModel } from '../../inference/model-host.js';
import type { DeployDeps } from './deps.js';

/** As for every model that the platform runs. */
const modelLimits = { deadlineMs: 10 * 60_000, memoryBytes: 4 * 1024 ** 3 };

/** Runs the file of a model version on the platform's own host while the work lasts. Errors: those of `openModel`. */
export async function withVersionModel<T>(
  { blobs, takeHost }: Pick<DeployDeps, 'blobs' | 'takeHost'>,
  version: ModelVersionRecord,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
  work: (model: OpenModel) => Promise<T>,
): Promise<T> {
  const file = join(folder, 'model.onnx');
  await blobs.fetchFile(version.file, file);
  const model = await openModel(file, modelLimits, takeHost);
  const stop = () => void model.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await work(model);
  } finally {
    signal.removeEventListener('abort', stop);
    await model.close();
  }
}
