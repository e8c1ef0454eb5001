import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { writeAtomically } from '../../machine/write-atomically.js';
import { type KeptEndpoint, keptShape } from './shapes.js';

/** What an endpoint has on disk: what is remembered of it, its log, and a folder for each of its last revisions. */
export interface EndpointFolder {
  readonly path: string;
  readonly log: string;
  revision(revision: string): string;
  /** Outlives the host that writes there. */
  spool(number: number): string;
  /** Error: `CONFLICT` where the file is not one of ours. */
  read(): KeptEndpoint;
  write(kept: KeptEndpoint): void;
  /** Takes away the folders of all other revisions. */
  keepOnly(revisions: readonly string[]): Promise<void>;
  /** Files of the record of predictions that lie in none of these spools, so that no host delivers them. */
  left(spools: readonly number[]): Promise<number>;
  /** All but what is left of the record of predictions: who comes after under this name delivers that. */
  remove(): Promise<void>;
}

const nothing: KeptEndpoint = { version: 1, ports: null, live: null, hosts: [], spools: [] };
/** Ids of revisions do not begin with a dot. */
const [stateName, logName, spoolName] = ['.endpoint.json', '.host.log', '.spool'];

export function openEndpointFolder(path: string): EndpointFolder {
  const file = join(path, stateName);
  return {
    path,
    log: join(path, logName),
    revision: (revision) => join(path, revision),
    spool: (number) => join(path, spoolName, String(number)),
    read: () => (existsSync(file) ? parse(file) : nothing),
    write: (kept) => {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      writeAtomically(file, `${JSON.stringify(kept, null, 2)}\n`, 0o600);
    },
    keepOnly: async (revisions) => {
      const names = (await readdir(path)).filter((name) => !name.startsWith('.'));
      const gone = names.filter((name) => !revisions.includes(name));
      await Promise.all(gone.map((name) => rm(join(path, name), { recursive: true, force: true })));
    },
    left: (spools) => leftIn(join(path, spoolName), spools),
    remove: async () => {
      const isLeft = (await leftIn(join(path, spoolName), [])) > 0;
      const gone = isLeft ? (await readdir(path)).filter((name) => name !== spoolName) : ['.'];
      await Promise.all(gone.map((name) => rm(join(path, name), { recursive: true, force: true })));
      // The project's folder goes with its last endpoint.
      if (!isLeft) await rmdir(dirname(path)).catch(() => undefined);
    },
  };
}

async function leftIn(folder: string, spools: readonly number[]): Promise<number> {
  if (!existsSync(folder)) return 0;
  const others = (await readdir(folder)).filter((name) => !spools.includes(Number(name)));
  const files = await Promise.all(others.map((name) => readdir(join(folder, name))));
  return files.flat().filter((name) => /\.(open|spool)$/.test(name)).length;
}

/** Folders of endpoints that something is remembered of. */
export async function endpointFolders(dir: string): Promise<readonly string[]> {
  const projects = (await readdir(dir)).filter((name) => !name.startsWith('.'));
  const lists = projects.map(async (project) =>
    (await readdir(join(dir, project))).map((endpoint) => join(dir, project, endpoint)),
  );
  return (await Promise.all(lists)).flat().filter((path) => existsSync(join(path, stateName)));
}

function parse(file: string): KeptEndpoint {
  try {
    return keptShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new RatchetError('CONFLICT', `${file} does not say what an endpoint needs`, { file }, { cause });
  }
}
