/** A line of a stream, without its end; null for one that is longer than lines may be. */
export type Line = Buffer | null;

const newline = 10;

/** Cuts a stream of bytes into lines, and holds no more than one unfinished line of a bounded length. */
export class LineSplitter {
  private readonly mostBytes: number;
  private parts: Buffer[] = [];
  private length = 0;

  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** The lines that end in this chunk, blank ones left out. */
  push(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      this.keep(chunk.subarray(from, at));
      lines.push(...this.take());
      from = at + 1;
    }
    this.keep(chunk.subarray(from));
    return lines;
  }

  /** The line that the stream ends with, where it has no end of its own. */
  end(): Line[] {
    return this.take();
  }

  private keep(part: Buffer): void {
    this.length += part.length;
    if (this.length <= this.mostBytes) this.parts.push(part);
    else this.parts = [];
  }

  private take(): Line[] {
    const { parts, length } = this;
    this.parts = [];
    this.length = 0;
    if (length > this.mostBytes) return [null];
    const line = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length);
    return isBlank(line) ? [] : [line];
  }
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
