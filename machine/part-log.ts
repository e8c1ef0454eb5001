import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';

const limitBytes = 5 * 1024 ** 2;

/** Log file of one part: two files of at most 5 MiB, the older one ends in `.1`. */
export class PartLog {
  readonly path: string;
  readonly #secrets: readonly string[];
  #descriptor: number;
  #bytes: number;
  #isClosed = false;

  /** Texts in `secrets` are replaced wherever they stand within one write. */
  constructor(path: string, secrets: readonly string[] = []) {
    this.path = path;
    this.#secrets = secrets.filter((secret) => secret !== '');
    this.#bytes = existsSync(path) ? statSync(path).size : 0;
    this.#descriptor = openSync(path, 'a', 0o600);
  }

  write(text: string): void {
    // The last words of a process may come after its end; by then the number may be of another file.
    if (this.#isClosed) return;
    let clean = text;
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, '***');
    if (this.#bytes > limitBytes) this.#rotate();
    this.#bytes += writeSync(this.#descriptor, clean);
  }

  /** What is written later goes nowhere. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeSync(this.#descriptor);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.path, `${this.path}.1`);
    this.#descriptor = openSync(this.path, 'a', 0o600);
    this.#bytes = 0;
  }
}

/** The last lines of a log file, for an error message. */
export function tailOf(path: string, lines: number): string {
  if (!existsSync(path)) return '';
  return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
