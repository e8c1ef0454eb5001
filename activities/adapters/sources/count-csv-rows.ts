import { Transform } from 'node:stream';

const quote = 0x22;
const newline = 0x0a;

/** Passes CSV on and counts its records: line ends that do not stand inside quotes. */
export class CsvRowCounter extends Transform {
  #quoted = false;
  #records = 0;

  /** Records so far, the header among them. */
  get records(): number {
    return this.#records;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk: Buffer) => void,
  ): void {
    for (const byte of chunk) {
      if (byte === quote) this.#quoted = !this.#quoted;
      else if (byte === newline && !this.#quoted) this.#records += 1;
    }
    done(null, chunk);
  }
}
