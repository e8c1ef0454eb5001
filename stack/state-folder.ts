import { mkdirSync, realpathSync } from 'node:fs';
import { type StackPaths, stackPaths } from './stack-paths.js';

/** Makes a state folder with its folders for logs and secrets, where they are not there. */
export function makeStateFolder(stateDir: string): StackPaths {
  // As root, Postgres runs as another user, who must be able to pass the folder, though not to list it.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  mkdirSync(stateDir, { recursive: true, mode });
  const paths = stackPaths(realpathSync(stateDir));
  for (const folder of [paths.logs, paths.secrets]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return paths;
}
