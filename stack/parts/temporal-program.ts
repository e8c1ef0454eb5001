import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ensureTools, installedTool } from '../toolchain.js';

/** A Temporal command line that brings a server we can use. */
export interface TemporalProgram {
  readonly path: string;
  readonly source: 'PATH' | 'SDK download' | 'toolchain';
  readonly server: string;
}

/** Worker versioning, priority and fairness need no flag from this server on. */
const leastServer = [1, 31] as const;

/** The first that will do: on PATH, in the SDK's download cache, in the toolchain (installed if need be). */
export async function findTemporal(log: (text: string) => void): Promise<TemporalProgram> {
  const found = findTemporalHere(log);
  if (found !== undefined) return found;
  const { temporal } = await ensureTools(['temporal'], log);
  return { path: temporal, source: 'toolchain', server: serverVersion(temporal) ?? 'unknown' };
}

/** The same without installing anything. */
export function findTemporalHere(log: (text: string) => void): TemporalProgram | undefined {
  const candidates = [
    { path: onPath('temporal'), source: 'PATH' as const },
    { path: sdkDownload(), source: 'SDK download' as const },
    { path: installedTool('temporal'), source: 'toolchain' as const },
  ];
  for (const { path, source } of candidates) {
    if (path === undefined) continue;
    const server = serverVersion(path);
    if (server !== undefined && isNewEnough(server)) return { path, source, server };
    log(`${path} is not used: server ${server ?? 'unknown'}, at least ${leastServer.join('.')} is needed`);
  }
  return undefined;
}

/** First file of this name on PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The SDK downloads to the temp folder, where anybody may put a file: only one that is ours or root's is run. */
function sdkDownload(): string | undefined {
  const manifest = createRequire(import.meta.url).resolve('@temporalio/worker/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  const path = join(tmpdir(), `temporal-sdk-typescript-${version}`);
  if (!existsSync(path)) return undefined;
  const { uid, mode } = statSync(path);
  const isOurs = uid === 0 || uid === process.getuid?.();
  return isOurs && (mode & 0o022) === 0 ? path : undefined;
}

function serverVersion(path: string): string | undefined {
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  return /\(Server (\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > leastServer[0] || (major === leastServer[0] && minor >= leastServer[1]);
}
