import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ModelLimits } from '../../inference/guarded-host.js';
import { forkHost, type HostConnection } from '../../inference/host-connection.js';
import { keepSpareHost } from '../../inference/spare-host.js';
import { bringUp } from './bring-up.js';
import type { LiveLimits } from './live-version.js';
import { listModels, listVersions, type VersionFolder } from './repository-folder.js';
import type { ServedModels } from './served-models.js';
import { newEntry, setState, type VersionEntry } from './version-entry.js';

export interface LoaderOptions {
  readonly repository: string;
  /** Of the process in which a model is tried. */
  readonly limits: ModelLimits;
  readonly live: LiveLimits;
}

/** Brings versions from a repository folder to life and to an end, one call after the other. */
export interface ModelLoader {
  /** A model that cannot be loaded is there with its reason. */
  loadAll(): Promise<void>;
  /** A version that answers goes on until the new one does, and where that cannot be loaded. Errors as in the port. */
  load(model: string): Promise<void>;
  unload(model: string): Promise<void>;
  /** Every version answers what it was asked, and ends. */
  close(): Promise<void>;
}

export function createModelLoader(
  models: ServedModels,
  { repository, limits, live }: LoaderOptions,
): ModelLoader {
  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  function addEntry({ model, version }: VersionFolder): VersionEntry {
    const entry = newEntry(model, version);
    models.add(entry);
    return entry;
  }

  async function bringUpAll(
    folders: readonly VersionFolder[],
    takeHost: () => HostConnection,
  ): Promise<readonly unknown[]> {
    const errors: unknown[] = [];
    for (const folder of folders) {
      const entry = models.get(folder.model, folder.version) ?? addEntry(folder);
      await bringUp(entry, folder, { limits, live, takeHost }).catch((error) => errors.push(error));
    }
    return errors;
  }

  async function load(model: string): Promise<void> {
    const folders = await listVersions(repository, model);
    const errors = await bringUpAll(folders, forkHost);
    const kept = new Set(folders.map((f) => f.version));
    const gone = models.names().includes(model) ? models.list(model).filter((e) => !kept.has(e.version)) : [];
    await Promise.all(gone.map(takeDown));
    for (const entry of gone) models.remove(entry);
    if (folders.length === 0) throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${model}"`);
    if (errors.length > 0) throw errors[0];
  }

  async function loadAll(): Promise<void> {
    const spare = keepSpareHost();
    try {
      for (const model of await listModels(repository)) {
        await bringUpAll(await listVersions(repository, model), () => spare.take());
      }
    } finally {
      await spare.close();
    }
  }

  return {
    loadAll: () => inTurn(loadAll),
    load: (model) => inTurn(() => load(model)),
    unload: (model) => inTurn(async () => void (await Promise.all(models.list(model).map(takeDown)))),
    close: () => inTurn(async () => void (await Promise.all(models.list().map(takeDown)))),
  };
}

async function takeDown(entry: VersionEntry): Promise<void> {
  if (entry.live === null) return;
  setState(entry, 'UNLOADING', 'it is being unloaded');
  await entry.live.close();
  entry.live = null;
  setState(entry, 'UNAVAILABLE', unloaded);
}

/** The reason of a version that was taken down, and is not missed. */
export const unloaded = 'it was unloaded';
