import { RatchetError } from '../../domain/errors/ratchet-error.js';

/** Length of a header, and what content is filled up to. */
export const blockBytes = 512;

/** One header of a tar file, as it is written there. */
export interface TarHeader {
  readonly name: string;
  readonly mode: number;
  readonly bytes: number;
  /** Type flag; `0` for a file of the oldest format too. */
  readonly type: string;
  readonly target: string;
}

/** Reads a header of ustar, GNU or the oldest format; null for the empty block that ends a file. Error: `IMAGE_INVALID`. */
export function readTarHeader(block: Buffer): TarHeader | null {
  if (block.every((byte) => byte === 0)) return null;
  if (numberAt(block, 148, 8) !== checksumOf(block))
    throw invalid('a header has another checksum than it says');
  const isPosix = block.toString('latin1', 257, 265) === 'ustar\u000000';
  const prefix = isPosix ? textAt(block, 345, 155) : '';
  const name = textAt(block, 0, 100);
  const flag = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: numberAt(block, 100, 8) & 0o7777,
    bytes: numberAt(block, 124, 12),
    type: flag === '\0' ? '0' : flag,
    target: textAt(block, 157, 100),
  };
}

function checksumOf(block: Buffer): number {
  let sum = 0;
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 32 : byte;
  return sum;
}

/** Octal digits, or big-endian bytes after a set bit, as GNU writes what is too large for them. */
function numberAt(block: Buffer, at: number, length: number): number {
  const field = block.subarray(at, at + length);
  const first = field[0] ?? 0;
  if ((first & 0x80) !== 0) return largeNumber(field);
  const text = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trimStart();
  if (text === '') return 0;
  if (!/^[0-7]+$/.test(text)) throw invalid('a number of a header is not octal');
  return Number.parseInt(text, 8);
}

function largeNumber(field: Buffer): number {
  const value = BigInt(`0x${field.toString('hex')}`) ^ (1n << BigInt(field.length * 8 - 1));
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid('a number of a header is too large');
  return Number(value);
}

function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return decodeName(end === -1 ? field : field.subarray(0, end));
}

/** Names are UTF-8; those that are not are kept apart byte by byte, so that no two become one. */
export function decodeName(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : bytes.toString('latin1');
}

const invalid = (reason: string) =>
  new RatchetError('IMAGE_INVALID', `not a tar file that can be read: ${reason}`);
