import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelSource, SourceVersion } from './model-source.js';

/** Versions are whole numbers, written in one way. */
const isVersion = (name: string): boolean => /^(0|[1-9]\d{0,14})$/.test(name);

/** The models of a folder laid out as `<model>/<version>/model.onnx`; hidden folders and files are none. */
export function openRepositoryFolder(repository: string): ModelSource {
  const models = async () => (await foldersIn(repository)).filter((name) => !name.startsWith('.'));
  return {
    models,
    versions: async (model) => {
      if (!(await models()).includes(model)) return [];
      const versions = (await foldersIn(join(repository, model))).filter(isVersion);
      return versions
        .toSorted((a, b) => Number(b) - Number(a))
        .map((version) => versionIn(join(repository, model, version), model, version));
    },
    answering: () => null,
    origin: () => ({ project: null, endpoint: null }),
    defaultModel: () => null,
    deployed: () => null,
  };
}

function versionIn(folder: string, model: string, version: string): SourceVersion {
  return {
    model,
    version,
    sha256: null,
    fetch: async () => ({
      modelPath: join(folder, 'model.onnx'),
      interfacePath: join(folder, 'interface.json'),
    }),
  };
}

/** A folder may be a link to one, as mounted volumes have it. */
async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .toSorted();
}
