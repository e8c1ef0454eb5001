import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { HostConnection } from '../../inference/host-connection.js';
import { requireAgreement } from './interface-file.js';
import type { SourceVersion } from './model-source.js';
import { readModelFile } from './read-model-file.js';
import type { SoundFile } from './scan-file.js';
import { scanModel } from './scan-model.js';
import { type Trial, type TrialLimits, tryModel } from './try-model.js';

/** A model file that may be served: what was scanned and tried, and nothing else. */
export type VettedModel = SoundFile & Trial;

/**
 * Fetches, reads, scans and tries the file of a version. `isAnswering`: there are requests that must not wait for that.
 * Errors: those of its source, `MODEL_LOAD`, `MODEL_HOSTILE`, `MODEL_INTERFACE`, `MODEL_TIMEOUT`, `MODEL_KILLED`,
 * `MODEL_RUN`.
 */
export async function vetModel(
  version: SourceVersion,
  limits: TrialLimits,
  takeHost: () => HostConnection,
  isAnswering: boolean,
): Promise<VettedModel> {
  const { modelPath, interfacePath } = await version.fetch();
  const sound = await scanModel(modelPath, isAnswering);
  if (version.sha256 !== null && sound.sha256 !== version.sha256) throw changed();
  if (interfacePath !== null) await requireAgreement(interfacePath, sound.interface);
  const trial = await tryModel(modelPath, sound.interface, limits, takeHost());
  if (Buffer.compare(sound.file, await readModelFile(modelPath)) !== 0) {
    throw changed();
  }
  return { ...sound, ...trial };
}

const changed = () => new RatchetError('MODEL_LOAD', 'the model file changed while it was loaded');
