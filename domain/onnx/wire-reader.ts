import { structureLimits } from './limits.js';
import { StructureError } from './structure-error.js';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const wireNames: Readonly<Record<number, string>> = {
  [VARINT]: 'varint',
  [FIXED64]: 'fixed64',
  [BYTES]: 'bytes',
  [FIXED32]: 'fixed32',
};
const largestField = 2 ** 29 - 1;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Counts down over a whole file, shared by the readers of all its messages. */
export interface WireBudget {
  fieldsLeft: number;
}

/**
 * Reads one protobuf message field by field, without copying: `next` moves to a field, then exactly one of the
 * other methods takes its value. Whatever is not well formed throws `StructureError` with rule `wire`.
 */
export class WireReader {
  /** Number of the current field. */
  field = 0;
  #wire = VARINT;
  #at: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #budget: WireBudget;

  constructor(bytes: Uint8Array, budget: WireBudget, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#budget = budget;
    this.#at = start;
    this.#end = end;
  }

  /** False at the end of the message. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    this.#budget.fieldsLeft -= 1;
    if (this.#budget.fieldsLeft < 0) throw this.#broken('there are more fields than are allowed');
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.#wire = tag % 8;
    if (this.field < 1 || this.field > largestField)
      throw this.#broken(`field number ${this.field} is not allowed`);
    if (wireNames[this.#wire] === undefined) throw this.#broken(`wire type ${this.#wire} is not allowed`);
    return true;
  }

  skip(): void {
    if (this.#wire === VARINT) this.#skipVarint();
    else if (this.#wire === BYTES) this.#advance(this.#varint());
    else this.#advance(this.#wire === FIXED32 ? 4 : 8);
  }

  /** A signed 64-bit number, exact. */
  int64(): bigint {
    this.#expect(VARINT);
    return this.#int64();
  }

  /** A number that must be small, such as a version or an element type: beyond 2^53 it is refused. */
  integer(): number {
    const value = Number(this.int64());
    if (!Number.isSafeInteger(value))
      throw this.#broken(`field ${this.field} is ${value}, which is too large`);
    return value;
  }

  /** One or, where packed, many signed 64-bit numbers; more than `most` is refused. */
  int64s(most: number): bigint[] {
    if (this.#wire !== BYTES) return [this.int64()];
    const end = this.#lengthEnd();
    const values: bigint[] = [];
    while (this.#at < end) {
      if (values.length >= most) throw this.#broken(`field ${this.field} has more than ${most} values`);
      values.push(this.#int64());
    }
    if (this.#at !== end) throw this.#broken(`field ${this.field} ends inside a number`);
    return values;
  }

  /** How many varints there are: one, or those of a packed field. */
  countVarints(): number {
    if (this.#wire !== BYTES) return this.#countOne(VARINT);
    const end = this.#lengthEnd();
    let count = 0;
    while (this.#at < end) {
      this.#skipVarint();
      count += 1;
    }
    if (this.#at !== end) throw this.#broken(`field ${this.field} ends inside a number`);
    return count;
  }

  /** How many numbers of 4 or 8 bytes there are: one, or those of a packed field. */
  countFixed(width: 4 | 8): number {
    if (this.#wire !== BYTES) return this.#countOne(width === 4 ? FIXED32 : FIXED64);
    const length = this.length();
    if (length % width !== 0) throw this.#broken(`field ${this.field} ends inside a number`);
    return length / width;
  }

  /** Length of a bytes field, which is passed over. */
  length(): number {
    const start = this.#lengthEnd();
    const length = start - this.#at;
    this.#at = start;
    return length;
  }

  text(): string {
    const end = this.#lengthEnd();
    const length = end - this.#at;
    if (length > structureLimits.nameBytes) throw this.#broken(`a name has ${length} bytes`);
    const start = this.#at;
    this.#at = end;
    try {
      return utf8.decode(this.#bytes.subarray(start, end));
    } catch (cause) {
      throw this.#broken('a name is not UTF-8', cause);
    }
  }

  /** Reader of the message in the current field. */
  message(): WireReader {
    const end = this.#lengthEnd();
    const start = this.#at;
    this.#at = end;
    return new WireReader(this.#bytes, this.#budget, start, end);
  }

  #countOne(wire: number): 1 {
    this.#expect(wire);
    this.skip();
    return 1;
  }

  #expect(wire: number): void {
    if (this.#wire === wire) return;
    throw this.#broken(
      `field ${this.field} has wire type ${wireNames[this.#wire]} where ${wireNames[wire]} belongs`,
    );
  }

  #lengthEnd(): number {
    this.#expect(BYTES);
    const length = this.#varint();
    const end = this.#at + length;
    if (end > this.#end) {
      throw this.#broken(`field ${this.field} has ${length} bytes, ${this.#end - this.#at} are left`);
    }
    return end;
  }

  #advance(count: number): void {
    if (this.#at + count > this.#end) throw this.#broken(`the message ends inside field ${this.field}`);
    this.#at += count;
  }

  #byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    if (byte === undefined) throw this.#broken('the message ends inside a number');
    this.#at += 1;
    return byte;
  }

  /** Tags and lengths: exact up to 2^53, refused beyond. */
  #varint(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const byte = this.#byte();
      value += (byte % 128) * scale;
      if (byte < 128) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
    }
    throw this.#broken('a tag or length is too large');
  }

  #int64(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte % 128) << shift;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
    throw this.#broken('a number has more than ten bytes');
  }

  #skipVarint(): void {
    for (let length = 0; length < 10; length += 1) {
      if (this.#byte() < 128) return;
    }
    throw this.#broken('a number has more than ten bytes');
  }

  #broken(what: string, cause?: unknown): StructureError {
    const error = new StructureError('wire', `the file is broken or cut off at byte ${this.#at}: ${what}`);
    if (cause !== undefined) error.cause = cause;
    return error;
  }
}
