import { answeringVersion, type ManifestModel, type ServingManifest } from '../../domain/serving/manifest.js';
import type { FileCache } from './file-cache.js';
import type { ModelSource, SourceVersion } from './model-source.js';

/** The models of a manifest, whose files are known by their digests. */
export interface RegistryModels extends ModelSource {
  /** What there is from this moment on. */
  use(manifest: ServingManifest): void;
  /** All of it is served. */
  confirm(manifest: ServingManifest): void;
}

export function createRegistryModels(cache: FileCache): RegistryModels {
  let manifest: ServingManifest | null = null;
  let served: ServingManifest | null = null;
  const all = () => manifest?.models ?? [];
  return {
    use: (next) => {
      manifest = next;
    },
    confirm: (all) => {
      served = all;
    },
    deployed: () => served,
    models: async () => [...new Set(all().map(({ model }) => model))].toSorted(),
    versions: async (name) => {
      const first = answeringVersion(all(), name);
      const others = all().filter((other) => other.model === name && other !== first);
      return first === undefined ? [] : [first, ...others].map((model) => versionIn(cache, model));
    },
    answering: (name) => answeringVersion(all(), name)?.version.toString() ?? null,
    origin: (name) => ({
      project: all().find(({ model }) => model === name)?.project ?? null,
      endpoint: manifest?.endpoint ?? null,
    }),
    defaultModel: () => manifest?.defaultModel ?? null,
  };
}

function versionIn(cache: FileCache, { model, version, sha256, bytes }: ManifestModel): SourceVersion {
  return {
    model,
    version: String(version),
    sha256,
    fetch: async () => ({ modelPath: await cache.take({ sha256, bytes }), interfacePath: null }),
  };
}
