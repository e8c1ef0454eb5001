import {
  closeSync,
  fdatasync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Backlog } from './delivery-pace.js';
import { ownFolder } from './own-folder.js';
import { segmentHead } from './record-format.js';
import {
  bytesIn,
  listSegments,
  nameOf,
  nameWhileOpen,
  recoverSegments,
  type Segment,
} from './segment-files.js';

const sync = promisify(fdatasync);

export interface SpoolOptions {
  /** Of this server alone. */
  readonly folder: string;
  /** Everything in the folder together. */
  readonly mostBytes: number;
  /** A segment with so many bytes is closed. */
  readonly segmentBytes: number;
  /** A segment was begun so long ago, and is to be closed with `roll`. */
  readonly segmentMs: number;
  readonly onDue: () => void;
  /** A segment can be delivered. In the order of their numbers. */
  readonly onClosed: (segment: Segment) => void;
  /** A disk does not do what it was asked. */
  readonly onTrouble: (error: unknown) => void;
}

interface OpenSegment {
  readonly file: number;
  readonly number: number;
  bytes: number;
  records: number;
}

/**
 * Records on disk, in the order in which they came, until they are delivered. What was written survives the end of the
 * process, however that comes; a closed segment survives that of the machine.
 */
export class Spool {
  /** What waits to be delivered, closed or open. */
  bytes: number;
  records: number;
  /** Of blocks that were being written when an earlier server died. */
  readonly tornBytes: number;
  private readonly release: () => void;
  private readonly waiting = new Map<string, Segment>();
  /** Names of those that are on the disk as they are called. */
  private readonly ready = new Set<string>();
  private open: OpenSegment | null = null;
  private lastNumber: number;
  private timer: NodeJS.Timeout | undefined;
  private closing: Promise<void> = Promise.resolve();
  private readonly options: SpoolOptions;

  /** Error: `SETTING_INVALID` where another server has the folder. */
  constructor(options: SpoolOptions) {
    this.options = options;
    const { folder } = options;
    this.release = ownFolder(folder);
    mkdirSync(asideOf(folder), { recursive: true, mode: 0o700 });
    this.tornBytes = recoverSegments(folder);
    const left = listSegments(folder);
    for (const segment of left) {
      this.waiting.set(segment.name, segment);
      this.ready.add(segment.name);
    }
    this.bytes = left.reduce((sum, s) => sum + s.bytes, bytesIn(asideOf(folder)));
    this.records = left.reduce((sum, s) => sum + s.records, 0);
    this.lastNumber = left.at(-1)?.number ?? 0;
  }

  /** The one that is written to, -1 where none is: what was told in one is told again in the next. */
  get segment(): number {
    return this.open?.number ?? -1;
  }

  backlog(): Backlog {
    const oldestAtMs = this.oldestAtMs();
    return {
      filled: this.bytes / this.options.mostBytes,
      oldestMs: oldestAtMs === null ? 0 : Date.now() - oldestAtMs,
    };
  }

  hasRoomFor(bytes: number): boolean {
    return this.bytes + bytes <= this.options.mostBytes;
  }

  /** When the oldest of what waits was recorded, in milliseconds since 1970, about; null where nothing waits. */
  oldestAtMs(): number | null {
    for (const { number } of this.waiting.values()) return number;
    return this.open?.number ?? null;
  }

  /** A block, whole or not at all. It is where the kernel keeps what it will write. Error: that of the disk. */
  write(block: Uint8Array, records: number): void {
    const open = this.open ?? this.begin();
    try {
      writeWhole(open.file, block, open.bytes);
    } catch (error) {
      ftruncateSync(open.file, open.bytes);
      throw error;
    }
    open.bytes += block.length;
    open.records += records;
    this.bytes += block.length;
    this.records += records;
    if (open.bytes >= this.options.segmentBytes) this.roll();
  }

  /** Closes the segment that is written to. */
  roll(): void {
    const { open } = this;
    if (open === null) return;
    this.open = null;
    clearTimeout(this.timer);
    const name = nameOf(open.number, open.records);
    const segment = { name, number: open.number, records: open.records, bytes: open.bytes };
    this.waiting.set(name, segment);
    this.closing = this.closing.then(() => this.finish(open, segment)).catch(this.options.onTrouble);
  }

  /** It was delivered, of which so many bytes were set aside. */
  removed(name: string, asideBytes: number): void {
    const segment = this.waiting.get(name);
    if (segment === undefined) return;
    this.waiting.delete(name);
    this.ready.delete(name);
    this.bytes -= segment.bytes - asideBytes;
    this.records -= segment.records;
  }

  /** Closed segments that were not delivered, in order. */
  undelivered(): readonly Segment[] {
    return [...this.waiting.values()].filter(({ name }) => this.ready.has(name));
  }

  /** Resolves when every segment is closed and on the disk. */
  async flushed(): Promise<void> {
    this.roll();
    await this.closing;
  }

  /** Lets go of the folder. Nothing may be written any more. */
  close(): void {
    this.release();
  }

  private begin(): OpenSegment {
    const { folder, segmentMs, onDue } = this.options;
    const number = Math.max(this.lastNumber + 1, Date.now());
    const path = join(folder, nameWhileOpen(number));
    const file = openSync(path, 'wx', 0o600);
    this.lastNumber = number;
    try {
      writeWhole(file, segmentHead, 0);
    } catch (error) {
      closeSync(file);
      rmSync(path);
      throw error;
    }
    this.open = { file, number, bytes: segmentHead.length, records: 0 };
    this.bytes += segmentHead.length;
    this.timer = setTimeout(onDue, segmentMs).unref();
    return this.open;
  }

  private async finish({ file, number }: OpenSegment, segment: Segment): Promise<void> {
    const { folder, onClosed, onTrouble } = this.options;
    // One that the disk may not keep is delivered all the same.
    await sync(file).catch(onTrouble);
    closeSync(file);
    renameSync(join(folder, nameWhileOpen(number)), join(folder, segment.name));
    this.ready.add(segment.name);
    onClosed(segment);
  }
}

export const asideOf = (folder: string): string => join(folder, 'aside');

function writeWhole(file: number, bytes: Uint8Array, at: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, at + written);
  }
}
