import { mkdirSync } from 'node:fs';
import { PartLog, tailOf } from '../../machine/part-log.js';
import type { EndpointFolder } from './endpoint-folder.js';

/** What all hosts of an endpoint wrote, each line behind the id of its replica. */
export class EndpointLog {
  readonly #folder: EndpointFolder;
  #log: PartLog | null = null;
  #isClosed = false;

  constructor(folder: EndpointFolder) {
    this.#folder = folder;
  }

  write(text: string): void {
    if (this.#isClosed) return;
    mkdirSync(this.#folder.path, { recursive: true, mode: 0o700 });
    this.#log ??= new PartLog(this.#folder.log);
    this.#log.write(text);
  }

  tail(lines: number): readonly string[] {
    return tailOf(this.#folder.log, lines)
      .split('\n')
      .filter((line) => line !== '');
  }

  close(): void {
    this.#log?.close();
    this.#log = null;
    this.#isClosed = true;
  }
}
