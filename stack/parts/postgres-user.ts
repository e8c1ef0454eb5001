import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** A user of this machine. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** Postgres does not run as root: there it is `nobody`, elsewhere it is us (undefined). Error: `PART_MISSING`. */
export function postgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new RatchetError(
      'PART_MISSING',
      'Postgres may not run as root and there is no user nobody here; add one: useradd --system nobody',
    );
  }
  return { uid: Number(uid), gid: Number(gid) };
}

/** The first folder on the way to `path` that the user may not pass, or undefined. What is not there is open. */
export function closedFolder(path: string, user: SystemUser): string | undefined {
  let there = path;
  while (!existsSync(there)) there = dirname(there);
  const folders = [realpathSync(there)];
  for (let [folder = '/'] = folders; folder !== dirname(folder); folder = dirname(folder)) {
    folders.unshift(dirname(folder));
  }
  return folders.find((folder) => !maySearch(folder, user));
}

function maySearch(folder: string, user: SystemUser): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === user.gid ? 0o010 : 0o001)) !== 0;
}
