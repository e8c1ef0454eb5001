import { isAlive } from '../machine/process-identity.js';
import { type PartRecord, readStackFile } from './stack-file.js';
import { stackPaths } from './stack-paths.js';

/** One part, for people and programs. */
export interface PartStatus extends Omit<PartRecord, 'process' | 'state'> {
  readonly name: string;
  /** `orphan`: it runs although its supervisor is gone. */
  readonly state: PartRecord['state'] | 'orphan';
  readonly pid: number | null;
}

/** The stack of a state folder as it is, not as it was written down. */
export interface StackStatus {
  readonly stateDir: string;
  /** `none`: no stack has run here; `crashed`: its supervisor ended without stopping it. */
  readonly state: 'none' | 'starting' | 'ready' | 'stopping' | 'stopped' | 'crashed';
  readonly pid: number | null;
  readonly startedAt: string | null;
  readonly urls: Readonly<Record<string, string>>;
  readonly parts: readonly PartStatus[];
  /** Folder outside the state folder that holds the database's files, and why; null where there is none. */
  readonly outside: { readonly folder: string; readonly reason: string } | null;
}

/** Error: `CONFLICT` where the stack file cannot be read. */
export function stackStatus(stateDir: string): StackStatus {
  const paths = stackPaths(stateDir);
  const file = readStackFile(paths.stackFile);
  if (file === undefined) {
    return {
      stateDir: paths.state,
      state: 'none',
      pid: null,
      startedAt: null,
      urls: {},
      parts: [],
      outside: null,
    };
  }
  const runs = file.supervisor !== null && isAlive(file.supervisor);
  const home = file.postgresHome;
  return {
    stateDir: paths.state,
    state: runs || file.phase === 'stopped' ? file.phase : 'crashed',
    pid: runs ? (file.supervisor?.pid ?? null) : null,
    startedAt: file.startedAt,
    urls: file.urls,
    parts: Object.entries(file.parts).map(([name, part]) => partStatus(name, part, runs)),
    outside: home === null || home.outside === null ? null : { folder: home.outside, reason: home.reason },
  };
}

function partStatus(name: string, { process, ...part }: PartRecord, supervised: boolean): PartStatus {
  const alive = process !== null && isAlive(process);
  const state = part.state === 'given' || supervised ? part.state : alive ? 'orphan' : 'stopped';
  return { ...part, name, state, pid: alive ? process.pid : null };
}
