import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ServedVersions } from '../../domain/ports/served-versions.js';
import type { ServingManifest } from '../../domain/serving/manifest.js';
import { coveredPart, type ModelReference } from '../../domain/serving/model-reference.js';
import { nextManifest } from '../../domain/serving/next-manifest.js';
import { readManifestFile, writeManifestFile } from './manifest-file.js';

/** Says what is to be served. */
export interface ManifestFeed {
  /** At the start. Errors: those of `next`, also where nothing is remembered of before. */
  first(): Promise<ServingManifest>;
  /** At this moment, after what is served. Errors: `MODEL_NOT_FOUND`, `PART_UNAVAILABLE`, `CONFIG_INVALID`, `CONFIG_MISSING`. */
  next(served: ServingManifest | null): Promise<ServingManifest>;
  /** Remembers what is served. */
  keep(served: ServingManifest): Promise<void>;
}

/** What a file says that somebody else writes. */
export function followFile(path: string): ManifestFeed {
  const next = async () => {
    const manifest = await readManifestFile(path);
    if (manifest !== null) return manifest;
    throw new RatchetError('CONFIG_MISSING', 'the manifest that RATCHET_SERVING_MANIFEST names is not there');
  };
  return { first: next, next, keep: async () => undefined };
}

export interface RegistryFollowed {
  readonly versions: ServedVersions;
  readonly references: readonly ModelReference[];
  readonly defaultModel: string | null;
  /** Remembers what was served, for a start without the registry; null: nothing does. */
  readonly path: string | null;
}

/** Where references lead in the registry. At the start without it: where they led when they were last served. */
export function followRegistry({ versions, references, defaultModel, path }: RegistryFollowed): ManifestFeed {
  const next = async (served: ServingManifest | null) =>
    nextManifest(served, await versions.resolve(references), defaultModel);
  return {
    next,
    first: async () => {
      const remembered = path === null ? null : await readManifestFile(path);
      try {
        return await next(remembered);
      } catch (error) {
        const isAway = error instanceof RatchetError && error.code === 'PART_UNAVAILABLE';
        const covered = remembered === null ? null : coveredPart(references, remembered);
        if (!isAway || covered === null) throw error;
        return covered;
      }
    },
    keep: async (served) => {
      if (path !== null) await writeManifestFile(path, served);
    },
  };
}
