import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, normalize, relative, sep } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { LaunchSpec } from '../../../domain/ports/launcher.js';

/**
 * Refuses folders that would undo the isolation: one that holds the state directory, one that is reached through a
 * link which an earlier attempt may have laid, one that is not there.
 */
export async function checkFolders(spec: LaunchSpec, stateDir: string): Promise<void> {
  const state = await realpath(stateDir);
  const given = [...spec.readOnly, ...spec.writable];
  for (const path of given) {
    const real = await realPlace(path);
    if (isInside(state, real)) throw refuse(path, 'holds the state directory, which no program may see');
    for (const holder of spec.writable) {
      if (holder === path || !isInside(path, holder)) continue;
      const straight = normalize(`${await realpath(holder)}${sep}${relative(holder, path)}`);
      if (straight !== real) throw refuse(path, `is reached through a link below the writable ${holder}`);
    }
  }
  for (const path of spec.writable) {
    if (!(await stat(path)).isDirectory())
      throw refuse(path, 'is not a folder, and only folders can be writable');
  }
}

async function realPlace(path: string): Promise<string> {
  if (!isAbsolute(path) || normalize(path) !== path) {
    throw refuse(path, 'is not an absolute path without `.` and `..`');
  }
  try {
    return await realpath(path);
  } catch (error) {
    throw new RatchetError(
      'INTERNAL',
      `the folder ${path} of a launch is not there`,
      { path },
      { cause: error },
    );
  }
}

/** True for the folder itself too. */
function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function refuse(path: string, why: string): RatchetError {
  return new RatchetError('ISOLATION_WEAK', `the folder ${path} of a launch ${why}`, { path });
}
