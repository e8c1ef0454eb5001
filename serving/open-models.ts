import type { Logger } from 'pino';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { ServedVersions } from '../domain/ports/served-versions.js';
import { parseModelReferences } from '../domain/serving/model-reference.js';
import { type Config, requireSetting } from '../temporal.config.js';
import { followManifest } from './manifest/follow-manifest.js';
import { followFile, followRegistry, type ManifestFeed } from './manifest/manifest-feed.js';
import { createFileCache, type FileCacheOptions } from './models/file-cache.js';
import type { ModelSource } from './models/model-source.js';
import { createRegistryModels } from './models/registry-models.js';
import { openRepositoryFolder } from './models/repository-folder.js';
import type { OpenDataPlane } from './open-data-plane.js';

/** Where models of the registry come from. */
export interface RegistryStores {
  /** Null where a manifest says it all. */
  readonly versions: ServedVersions | null;
  readonly fetch: FileCacheOptions['fetch'];
}

/** The models to be served, and what keeps them as they are to be. */
export interface OpenModels {
  readonly source: ModelSource;
  /** Folder of the serving application that goes with them; null for the stock one. */
  readonly application: string | null;
  follow(plane: OpenDataPlane, log: Logger): { close(): void };
}

type Settings = Config['serving'];

/** Whether the models come from the registry. Error: `SETTING_INVALID` where nothing or too much is named. */
export function isOfRegistry({ repository, models, manifest }: Settings): boolean {
  const isNamed = models.length > 0 || manifest !== undefined;
  if (isNamed === (repository === undefined)) return isNamed;
  const names = 'RATCHET_SERVING_REPOSITORY, or RATCHET_SERVING_MODELS or RATCHET_SERVING_MANIFEST';
  const what = isNamed ? 'a folder and models of the registry are set' : 'no models are set';
  throw new RatchetError('SETTING_INVALID', `${what} to be served, allowed is one of them: ${names}`);
}

/** Errors: `SETTING_INVALID`, `NAME_INVALID`, and those of a feed's first manifest. */
export async function openModels(settings: Settings, stores: RegistryStores | null): Promise<OpenModels> {
  if (isOfRegistry(settings)) {
    if (stores !== null) return await openRegistry(settings, stores);
    throw new RatchetError('INTERNAL', 'models of the registry are to be served without its stores');
  }
  const source = openRepositoryFolder(requireSetting(settings.repository, 'RATCHET_SERVING_REPOSITORY'));
  return { source, application: null, follow: () => ({ close: () => undefined }) };
}

async function openRegistry(settings: Settings, { versions, fetch }: RegistryStores): Promise<OpenModels> {
  const cache = createFileCache({ folder: settings.cacheDir, mostBytes: settings.cacheBytes, fetch });
  const source = createRegistryModels(cache);
  const feed = openFeed(settings, versions);
  const manifest = await feed.first();
  source.use(manifest);
  return {
    source,
    application: manifest.application?.folder ?? null,
    follow: (plane, log) =>
      followManifest(
        {
          feed,
          pollMs: settings.pollMs,
          log,
          apply: async (next) => {
            // Clients never get the answers of one with the API of another.
            if (next.application?.sha256 !== manifest.application?.sha256)
              log.error(
                'the manifest names another serving application: it takes a server that is started anew',
              );
            source.use(next);
            return await plane.reload();
          },
          onServed: async (served) => {
            source.confirm(served);
            await cache.retain(served.models.map(({ sha256 }) => sha256));
            await feed.keep(served);
          },
        },
        { manifest, failures: plane.failures },
      ),
  };
}

function openFeed(
  { models, manifest, defaultModel }: Settings,
  versions: ServedVersions | null,
): ManifestFeed {
  if (versions === null) return followFile(requireSetting(manifest, 'RATCHET_SERVING_MANIFEST'));
  return followRegistry({
    versions,
    references: parseModelReferences(models),
    defaultModel: defaultModel ?? null,
    path: manifest ?? null,
  });
}
