import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { outsideFolder } from './parts/postgres-home.js';
import { stackPaths } from './stack-paths.js';

/**
 * Empties a state folder, and the folder outside that its database may have. Logs stay, as one may be being written,
 * and so do the shared toolchain and state folders that lie within. Error: `CONFLICT` for a folder with files that is no state folder.
 */
export function emptyStateFolder(stateDir: string): void {
  const paths = stackPaths(stateDir);
  if (!existsSync(paths.state)) return;
  const entries = readdirSync(paths.state).filter((name) => !staysWithin(join(paths.state, name), name));
  const isState = [paths.stackFile, paths.secretsFile].some((path) => existsSync(path));
  if (entries.some((name) => name !== 'secrets') && !isState) {
    throw new RatchetError('CONFLICT', `${paths.state} has files but no stack.json, so it is not emptied`);
  }
  if (existsSync(paths.postgres)) rmSync(outsideFolder(paths.postgres), { recursive: true, force: true });
  for (const name of entries) rmSync(join(paths.state, name), { recursive: true, force: true });
}

const staysWithin = (path: string, name: string) =>
  name === 'toolchain' || name === 'logs' || existsSync(join(path, 'stack.json'));
