import { createWriteStream, type WriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { LineSplitter } from './line-splitter.js';

const TAIL_BYTES = 4096;

type StreamName = 'stdout' | 'stderr';

export interface OutputOptions {
  readonly limitBytes: number;
  readonly onLine?: ((stream: StreamName, line: string) => void) | undefined;
  readonly logFile?: string | undefined;
}

/**
 * Takes both streams of a program: whole lines to the listener, all of it to the log, the last 4 KiB of stderr kept.
 * Beyond the limit nothing is kept but the tail, so that a program which prints without end costs no memory.
 */
export class OutputCapture {
  readonly #options: OutputOptions;
  readonly #log: WriteStream | undefined;
  #bytes = 0;
  #tail = Buffer.alloc(0);
  #onCut: (() => void) | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: OutputOptions) {
    this.#options = options;
    if (options.logFile !== undefined) {
      this.#log = createWriteStream(options.logFile);
      this.#log.on('error', (error) => this.#fail(error));
    }
  }

  get cut(): boolean {
    return this.#bytes > this.#options.limitBytes;
  }

  /** The last whole lines of stderr, at most 4 KiB. */
  get tail(): string {
    const text = this.#tail.toString('utf8');
    const firstEnd = this.#tail.length === TAIL_BYTES ? text.indexOf('\n') : -1;
    return text.slice(firstEnd + 1).trimEnd();
  }

  /** `onCut` is called once: when the output passes its limit, or when the listener or the log fails. */
  attach(streams: Readonly<Record<StreamName, Readable>>, onCut: () => void): void {
    this.#onCut = onCut;
    for (const name of ['stdout', 'stderr'] as const) this.#read(name, streams[name]);
  }

  /** Resolves when the log is written; throws what the listener or the log threw. */
  async close(): Promise<void> {
    if (this.#log !== undefined && !this.#log.destroyed) {
      this.#log.end(this.cut ? `\n[output cut after ${this.#options.limitBytes} bytes]\n` : '');
      await finished(this.#log).catch((error: unknown) => this.#fail(error));
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #read(name: StreamName, stream: Readable): void {
    const lines = new LineSplitter((line) => this.#tellLine(name, line));
    stream.on('data', (chunk: Buffer) => {
      if (name === 'stderr') this.#tail = Buffer.concat([this.#tail, chunk]).subarray(-TAIL_BYTES);
      const room = this.#options.limitBytes - this.#bytes;
      this.#bytes += chunk.length;
      if (room > 0) this.#keep(lines, stream, room < chunk.length ? chunk.subarray(0, room) : chunk);
      if (this.cut) this.#stop();
    });
    stream.on('end', () => lines.end());
  }

  #keep(lines: LineSplitter, stream: Readable, chunk: Buffer): void {
    lines.write(chunk);
    if (this.#log === undefined || this.#log.destroyed || this.#log.write(chunk)) return;
    stream.pause();
    this.#log.once('drain', () => stream.resume());
  }

  #tellLine(name: StreamName, line: string): void {
    try {
      this.#options.onLine?.(name, line);
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#stop();
  }

  #stop(): void {
    this.#onCut?.();
    this.#onCut = undefined;
  }
}
