import type { ManifestModel } from '../serving/manifest.js';
import type { ModelReference } from '../serving/model-reference.js';

/** What a server of registry models may ask the registry. */
export interface ServedVersions {
  /**
   * The version that each reference leads to at this moment, in their order. Errors: `MODEL_NOT_FOUND`, naming the
   * reference, `PART_UNAVAILABLE`.
   */
  resolve(references: readonly ModelReference[]): Promise<readonly ManifestModel[]>;
}
