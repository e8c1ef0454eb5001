import { plainPath } from './model-parts.js';
import { foldersAbove } from './path-index.js';

/** Serving code of a repository, and the endpoint that runs it. */
export interface ServedCode {
  readonly endpoint: string;
  readonly model: string;
  /** Folder of the repository. */
  readonly path: string;
}

/** The endpoints whose serving code a file is. Prepared once for all files of a change. */
export function servedCode(applications: readonly ServedCode[]): (path: string) => readonly ServedCode[] {
  const byFolder = new Map<string, ServedCode[]>();
  for (const one of applications) {
    const folder = plainPath(one.path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), one]);
  }
  return (path) => foldersAbove(path).flatMap((folder) => byFolder.get(folder) ?? []);
}
