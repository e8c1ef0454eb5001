import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One version in a repository folder: `<model>/<version>/model.onnx`. */
export interface VersionFolder {
  readonly model: string;
  readonly version: string;
  readonly modelPath: string;
  readonly interfacePath: string;
}

/** Versions are whole numbers, written in one way. */
const isVersion = (name: string): boolean => /^(0|[1-9]\d{0,14})$/.test(name);

/** Names of the models of a repository; hidden folders and files are none. */
export async function listModels(repository: string): Promise<readonly string[]> {
  return (await foldersIn(repository)).filter((name) => !name.startsWith('.'));
}

/** Versions of a model, the highest first; empty where there is no such model. */
export async function listVersions(repository: string, model: string): Promise<readonly VersionFolder[]> {
  if (!(await listModels(repository)).includes(model)) return [];
  const versions = (await foldersIn(join(repository, model))).filter(isVersion);
  return versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => {
      const folder = join(repository, model, version);
      return {
        model,
        version,
        modelPath: join(folder, 'model.onnx'),
        interfacePath: join(folder, 'interface.json'),
      };
    });
}

/** A folder may be a link to one, as mounted volumes have it. */
async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .toSorted();
}
