import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { PostgresHome } from '../stack-file.js';
import type { PostgresProgram } from './postgres-program.js';
import { closedFolder, type SystemUser } from './postgres-user.js';

const outsideRoot = '/var/lib/ratchet';
/** Names the folder that a folder outside belongs to. */
const ownerFile = 'belongs-to';

/**
 * Where Postgres's programs and data belong, for a folder of a state folder. As root it runs as another user, who
 * cannot pass a closed folder such as a 0700 home: then the programs, the data, or both are kept outside, in a folder
 * named after the state folder. Data that is outside stays there, also when the way is open again.
 */
export function planPostgresHome(
  folder: string,
  program: PostgresProgram,
  user: SystemUser | undefined,
): PostgresHome {
  const inside = { binaries: program.binaries, data: join(folder, 'data'), outside: null, reason: '' };
  if (user === undefined) return inside;
  const outside = outsideFolder(folder);
  const outsideData = join(outside, 'data');
  const noPrograms = closedFolder(program.binaries, user);
  const noData = closedFolder(folder, user);
  const isOutside = noData !== undefined || existsSync(outsideData);
  if (noPrograms === undefined && !isOutside) return inside;
  const closed = noData ?? noPrograms;
  return {
    binaries:
      noPrograms === undefined ? program.binaries : join(copyOf(program, outside), binFolder(program)),
    data: isOutside ? outsideData : inside.data,
    outside,
    reason:
      closed === undefined ? 'it was put there before' : `the user that runs Postgres may not pass ${closed}`,
  };
}

/** Makes the folders of a plan; moves data and copies programs that belong outside. */
export function makePostgresHome(folder: string, program: PostgresProgram, home: PostgresHome): void {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (home.outside === null) return;
  mkdirSync(home.outside, { recursive: true, mode: 0o711 });
  writeFileSync(join(home.outside, ownerFile), folder);
  const inside = join(folder, 'data');
  if (home.data !== inside && existsSync(join(inside, 'PG_VERSION')) && !existsSync(home.data)) {
    moveTree(inside, home.data);
  }
  const copy = copyOf(program, home.outside);
  if (home.binaries.startsWith(copy) && !existsSync(copy)) copyTree(program.tree, copy);
}

/** The folder outside that belongs to a folder of a state folder, whether it is there or not. */
export function outsideFolder(folder: string): string {
  return join(outsideRoot, createHash('sha256').update(folder).digest('hex').slice(0, 16));
}

/** Folders outside whose state folder was removed by hand. Not removed here: it may be a disk that is not mounted. */
export function strandedFolders(): readonly string[] {
  if (!existsSync(outsideRoot)) return [];
  return readdirSync(outsideRoot)
    .map((name) => join(outsideRoot, name))
    .filter((path) => {
      const owner = join(path, ownerFile);
      return existsSync(owner) && !existsSync(readFileSync(owner, 'utf8'));
    });
}

const copyOf = (program: PostgresProgram, outside: string) => join(outside, `programs-${program.version}`);
const binFolder = (program: PostgresProgram) => relative(program.tree, program.binaries);

function moveTree(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyTree(from, to);
    rmSync(from, { recursive: true });
  }
}

/** With owners, modes and links; in one step, so that a crash leaves no half. */
function copyTree(from: string, to: string): void {
  rmSync(`${to}.new`, { recursive: true, force: true });
  execFileSync('cp', ['-a', '--', from, `${to}.new`]);
  renameSync(`${to}.new`, to);
}
