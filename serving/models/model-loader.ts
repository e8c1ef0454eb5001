import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ModelLimits } from '../../inference/guarded-host.js';
import { forkHost, type HostConnection } from '../../inference/host-connection.js';
import { keepSpareHost } from '../../inference/spare-host.js';
import { bringUp } from './bring-up.js';
import type { LiveLimits } from './live-version.js';
import type { ModelSource, SourceVersion } from './model-source.js';
import type { ServedModels } from './served-models.js';
import { newEntry, setState, type VersionEntry } from './version-entry.js';

export interface LoaderOptions {
  readonly source: ModelSource;
  /** Of the process in which a model is tried. */
  readonly limits: ModelLimits;
  readonly live: LiveLimits;
}

/** A version that could not be loaded, and why. */
export interface LoadFailure {
  readonly model: string;
  readonly version: string;
  readonly error: unknown;
}

/** Brings versions from a source to life and to an end, one call after the other. */
export interface ModelLoader {
  /**
   * Everything that the source has, and nothing else. A version that cannot be loaded is there with its reason; a model
   * goes on with the version that answered until another can.
   */
  loadAll(): Promise<readonly LoadFailure[]>;
  /** A version that answers goes on until the new one does, and where that cannot be loaded. Errors as in the port. */
  load(model: string): Promise<void>;
  unload(model: string): Promise<void>;
  /** Every version answers what it was asked, and ends. */
  close(): Promise<void>;
}

export function createModelLoader(
  models: ServedModels,
  { source, limits, live }: LoaderOptions,
): ModelLoader {
  let queue: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  function addEntry({ model, version }: SourceVersion): VersionEntry {
    const entry = newEntry(model, version);
    models.add(entry);
    return entry;
  }

  /** What the source has of a model is there afterwards, and no other version of it. */
  async function update(model: string, takeHost: () => HostConnection): Promise<readonly LoadFailure[]> {
    const versions = await source.versions(model);
    const failures: LoadFailure[] = [];
    for (const version of versions) {
      const entry = models.get(model, version.version) ?? addEntry(version);
      const isAnswering = models.list().some((other) => other.live !== null);
      await bringUp(entry, version, { limits, live, takeHost, isAnswering }).catch((error: unknown) =>
        failures.push({ model, version: version.version, error }),
      );
      chooseIfDue(entry);
    }
    await takeDownGone(model, new Set(versions.map(({ version }) => version)));
    return failures;
  }

  /** The first choice stands whatever its state is; from then on one that answers goes on until the next one can. */
  function chooseIfDue(entry: VersionEntry): void {
    if (source.answering(entry.model) !== entry.version) return;
    const before = models.find(entry.model, null);
    if (entry.state === 'READY' || before.state !== 'READY') models.choose(entry);
  }

  async function takeDownGone(model: string, kept: ReadonlySet<string>): Promise<void> {
    if (!models.names().includes(model)) return;
    const answering = kept.size > 0 && source.answering(model) !== null ? models.find(model, null) : null;
    const gone = models.list(model).filter((entry) => !kept.has(entry.version) && entry !== answering);
    await Promise.all(gone.map(takeDown));
    for (const entry of gone) models.remove(entry);
  }

  async function load(model: string): Promise<void> {
    const [first] = await update(model, forkHost);
    if (!models.names().includes(model))
      throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${model}"`);
    if (first !== undefined) throw first.error;
  }

  async function loadAll(): Promise<readonly LoadFailure[]> {
    const spare = keepSpareHost();
    const failures: LoadFailure[] = [];
    try {
      for (const model of new Set([...(await source.models()), ...models.names()])) {
        failures.push(...(await update(model, () => spare.take())));
      }
      return failures;
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
