import { identify } from '../machine/process-identity.js';
import { type PostgresHome, type StackFile, writeStackFile } from './stack-file.js';
import type { SupervisedPart } from './supervised-part.js';

/** The stack file of a running stack: what is in memory is on disk. */
export class StackRecord {
  readonly #path: string;
  #file: StackFile;

  constructor(path: string, known: StackFile | undefined, processes: boolean, now: Date) {
    this.#path = path;
    this.#file = {
      version: 1,
      phase: 'starting',
      supervisor: identify(process.pid) ?? null,
      startedAt: now.toISOString(),
      processes,
      urls: {},
      ports: known?.ports ?? {},
      parts: {},
      postgresHome: known?.postgresHome ?? null,
    };
    this.#save({});
  }

  get file(): StackFile {
    return this.#file;
  }

  setPorts(ports: Readonly<Record<string, number>>): void {
    this.#save({ ports: { ...this.#file.ports, ...ports } });
  }

  setPostgresHome(postgresHome: PostgresHome): void {
    this.#save({ postgresHome });
  }

  setReady(urls: Readonly<Record<string, string>>): void {
    this.#save({ phase: 'ready', urls: { ...urls } });
  }

  setPhase(phase: StackFile['phase']): void {
    this.#save({ phase, ...(phase === 'stopped' ? { supervisor: null } : {}) });
  }

  /** A part that somebody else runs. */
  addGiven(name: string, address: string): void {
    const part = {
      state: 'given' as const,
      process: null,
      address,
      source: 'given',
      restarts: 0,
      lastExit: null,
    };
    this.#save({ parts: { ...this.#file.parts, [name]: part } });
  }

  setPart({ spec, state, identity, restarts, lastExit }: SupervisedPart): void {
    const { name, address, source } = spec;
    const part = { state, process: identity, address, source, restarts, lastExit };
    this.#save({ parts: { ...this.#file.parts, [name]: part } });
  }

  #save(change: Partial<StackFile>): void {
    this.#file = { ...this.#file, ...change };
    writeStackFile(this.#path, this.#file);
  }
}
