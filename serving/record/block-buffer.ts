import { crc32 } from 'node:zlib';
import { blockHeadBytes, recordHeadBytes } from './record-format.js';

const usualBytes = 256 * 1024;
/** A longer text is cut; a length is told in two bytes. */
const mostTextBytes = 4000;
/** Stands for the length of a text that is not there. */
export const noText = 65_535;

/** Collects the records of one block in memory that is used again and again. */
export class BlockBuffer {
  private bytes = Buffer.allocUnsafe(usualBytes);
  private at = blockHeadBytes;
  private recordAt = 0;
  /** Records that are finished. */
  records = 0;

  get length(): number {
    return this.at;
  }

  get isEmpty(): boolean {
    return this.at === blockHeadBytes;
  }

  begin(kind: number): void {
    this.recordAt = this.at;
    this.uint8(kind);
    this.uint32(0);
  }

  /** `counts`: it is one of those that somebody wants to know of. */
  end(counts: boolean): void {
    this.bytes.writeUInt32LE(this.at - this.recordAt - recordHeadBytes, this.recordAt + 1);
    if (counts) this.records += 1;
  }

  mark(): { readonly at: number; readonly records: number } {
    return { at: this.at, records: this.records };
  }

  /** Takes back what was written since the mark. */
  rewind({ at, records }: ReturnType<BlockBuffer['mark']>): void {
    this.at = at;
    this.records = records;
  }

  uint8(value: number): void {
    this.require(1);
    this.bytes[this.at] = value;
    this.at += 1;
  }

  uint16(value: number): void {
    this.require(2);
    this.at = this.bytes.writeUInt16LE(value, this.at);
  }

  uint32(value: number): void {
    this.require(4);
    this.at = this.bytes.writeUInt32LE(value, this.at);
  }

  raw(bytes: Uint8Array): void {
    this.require(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Text of digits, letters and dashes, always as long. */
  ascii(text: string): void {
    this.require(text.length);
    this.at += this.bytes.write(text, this.at, 'latin1');
  }

  /** With its length before it. */
  text(text: string | undefined): void {
    if (text === undefined) {
      this.uint16(noText);
      return;
    }
    const bytes = Buffer.from(text);
    const kept = bytes.subarray(0, mostTextBytes);
    this.uint16(kept.length);
    this.raw(kept);
  }

  /** The block with its length and checksum; good until the next record begins. */
  seal(): Buffer {
    const block = this.bytes.subarray(0, this.at);
    const body = block.subarray(blockHeadBytes);
    block.writeUInt32LE(body.length, 0);
    block.writeUInt32LE(crc32(body), 4);
    return block;
  }

  clear(): void {
    if (this.bytes.length > usualBytes) this.bytes = Buffer.allocUnsafe(usualBytes);
    this.at = blockHeadBytes;
    this.records = 0;
  }

  private require(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}
