import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { inOrder, type VersionEntry } from './version-entry.js';

/** All versions of all models, by name and number. */
export interface ServedModels {
  /** By model, the highest version first; of one version, of all of a model, or of all. Error: `MODEL_NOT_FOUND`. */
  list(model?: string, version?: string | null): readonly VersionEntry[];
  /**
   * The one that answers: the version that is told, or else the one that was chosen, or else the highest that is ready,
   * or else the highest. Error: `MODEL_NOT_FOUND`.
   */
  find(model: string, version: string | null): VersionEntry;
  get(model: string, version: string): VersionEntry | undefined;
  names(): readonly string[];
  /** This version answers where none is named, from this moment on, in whatever state it is. */
  choose(entry: VersionEntry): void;
  add(entry: VersionEntry): void;
  remove(entry: VersionEntry): void;
}

export function createServedModels(): ServedModels {
  const models = new Map<string, readonly VersionEntry[]>();
  const chosen = new Map<string, VersionEntry>();

  function versionsOf(model: string): readonly VersionEntry[] {
    const versions = models.get(model);
    if (versions === undefined) throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${model}"`);
    return versions;
  }

  function findVersion(model: string, version: string): VersionEntry {
    const found = versionsOf(model).find((entry) => entry.version === version);
    if (found !== undefined) return found;
    throw new RatchetError('MODEL_NOT_FOUND', `there is no version "${version}" of the model "${model}"`);
  }

  return {
    list: (model, version) => {
      if (model === undefined) return [...models.values()].flat().toSorted(inOrder);
      return version === undefined || version === null ? versionsOf(model) : [findVersion(model, version)];
    },
    find: (model, version) => {
      if (version !== null) return findVersion(model, version);
      const versions = versionsOf(model);
      const found = chosen.get(model) ?? versions.find((entry) => entry.state === 'READY') ?? versions[0];
      if (found === undefined) throw new RatchetError('MODEL_NOT_FOUND', `there is no model "${model}"`);
      return found;
    },
    get: (model, version) => models.get(model)?.find((entry) => entry.version === version),
    names: () => [...models.keys()].toSorted(),
    choose: (entry) => {
      chosen.set(entry.model, entry);
    },
    add: (entry) => {
      models.set(entry.model, [...(models.get(entry.model) ?? []), entry].toSorted(inOrder));
    },
    remove: (entry) => {
      if (chosen.get(entry.model) === entry) chosen.delete(entry.model);
      const left = (models.get(entry.model) ?? []).filter((other) => other !== entry);
      if (left.length === 0) models.delete(entry.model);
      else models.set(entry.model, left);
    },
  };
}
