import type { FileHandle } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { createWindow, type FileWindow } from './file-window.js';

/** One file of a zip archive, unpacked. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/** How much an archive may be. */
export interface ZipLimits {
  readonly mostEntries: number;
  /** Of one file, unpacked. */
  readonly mostEntryBytes: number;
  /** Of all files, unpacked. */
  readonly mostBytes: number;
}

export const defaultZipLimits: ZipLimits = {
  mostEntries: 5_000_000,
  mostEntryBytes: 64 * 1024 * 1024,
  mostBytes: 32 * 1024 ** 3,
};

interface Listed {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly offset: number;
}

const longestComment = 65_535;
const endBytes = 22;
const listedBytes = 46;
const localBytes = 30;

/**
 * The files of a zip archive, stored or deflated, one after the other. Error: `REPORT_INVALID` where the archive is
 * broken, encrypted, packed in another way, or larger than may be.
 */
export async function* readZip(handle: FileHandle, limits = defaultZipLimits): AsyncGenerator<ZipEntry> {
  const { size } = await handle.stat();
  const window = createWindow(handle, size);
  const { offset, bytes, entries } = await findDirectory(window, size);
  if (entries > limits.mostEntries)
    throw invalid(`it has ${entries} files, allowed are ${limits.mostEntries}`);
  const directory = createWindow(handle, size);
  let at = offset;
  let total = 0;
  for (let count = 0; count < entries; count += 1) {
    const { listed, next } = await readListed(directory, at, offset + bytes);
    at = next;
    if (listed.bytes > limits.mostEntryBytes)
      throw invalid(`${listed.name} has ${listed.bytes} bytes, allowed are ${limits.mostEntryBytes}`);
    total += listed.bytes;
    if (total > limits.mostBytes) throw invalid(`its files have more than ${limits.mostBytes} bytes`);
    if (!listed.name.endsWith('/')) yield { name: listed.name, content: await unpack(window, listed) };
  }
}

async function findDirectory(window: FileWindow, size: number) {
  const tailAt = Math.max(0, size - endBytes - longestComment);
  const tail = Buffer.from(await window.take(tailAt, size - tailAt));
  const at = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (at === -1 || at + endBytes > tail.length) throw invalid('it has no directory');
  const short = {
    entries: tail.readUInt16LE(at + 10),
    bytes: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const isLarge = short.entries === 0xffff || short.bytes === 0xffffffff || short.offset === 0xffffffff;
  const found = isLarge ? await largeDirectory(window, tailAt + at) : short;
  if (found.offset + found.bytes > tailAt + at) throw invalid('its directory lies behind its end');
  return found;
}

/** Of zip64: what lies before the end tells where the numbers are that are too large for it. */
async function largeDirectory(window: FileWindow, endAt: number) {
  const locator = Buffer.from(await window.take(endAt - 20, 20));
  if (locator.readUInt32LE(0) !== 0x07064b50) throw invalid('it has no directory for large archives');
  const record = Buffer.from(await window.take(numberOf(locator.readBigUInt64LE(8)), 56));
  if (record.readUInt32LE(0) !== 0x06064b50) throw invalid('it has no directory for large archives');
  return {
    entries: numberOf(record.readBigUInt64LE(32)),
    bytes: numberOf(record.readBigUInt64LE(40)),
    offset: numberOf(record.readBigUInt64LE(48)),
  };
}

async function readListed(window: FileWindow, at: number, end: number) {
  if (at + listedBytes > end) throw invalid('its directory is shorter than it says');
  const head = Buffer.from(await window.take(at, listedBytes));
  if (head.readUInt32LE(0) !== 0x02014b50) throw invalid('its directory is broken');
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => head.readUInt16LE(field)) as [
    number,
    number,
    number,
  ];
  const next = at + listedBytes + nameBytes + extraBytes + commentBytes;
  if (next > end) throw invalid('its directory is shorter than it says');
  const rest = Buffer.from(await window.take(at + listedBytes, nameBytes + extraBytes));
  const name = rest.toString('utf8', 0, nameBytes);
  if ((head.readUInt16LE(8) & 1) !== 0) throw invalid(`${name} is encrypted`);
  const large = largeFields(rest.subarray(nameBytes));
  const sizeOf = (field: number) => {
    const value = head.readUInt32LE(field);
    return value === 0xffffffff ? large() : value;
  };
  // Fields that are too large stand in this order, and only those.
  const [bytes, packedBytes, offset] = [sizeOf(24), sizeOf(20), sizeOf(42)];
  const listed = {
    name,
    method: head.readUInt16LE(10),
    crc: head.readUInt32LE(16),
    packedBytes,
    bytes,
    offset,
  };
  return { listed, next };
}

function largeFields(extra: Buffer): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  let field = at + 4;
  return () => {
    if (field + 8 > extra.length) throw invalid('a size of a large file is missing');
    field += 8;
    return numberOf(extra.readBigUInt64LE(field - 8));
  };
}

async function unpack(
  window: FileWindow,
  { name, method, crc, packedBytes, bytes, offset }: Listed,
): Promise<Buffer> {
  const head = await window.take(offset, localBytes);
  if (head.readUInt32LE(0) !== 0x04034b50) throw invalid(`${name} is not where the directory says`);
  const contentAt = offset + localBytes + head.readUInt16LE(26) + head.readUInt16LE(28);
  if (method !== 0 && method !== 8)
    throw invalid(`${name} is packed by method ${method}, allowed are 0 and 8`);
  const packed = await window.take(contentAt, packedBytes);
  const content = method === 0 ? Buffer.from(packed) : inflate(name, packed, bytes);
  if (content.length !== bytes || crc32(content) !== crc)
    throw invalid(`${name} is not what the directory says`);
  return content;
}

function inflate(name: string, packed: Buffer, bytes: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch (cause) {
    throw invalid(`${name} cannot be unpacked: ${messageOf(cause)}`);
  }
}

function numberOf(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw invalid('a number in it is too large');
  return Number(value);
}

const invalid = (reason: string) =>
  new RatchetError('REPORT_INVALID', `not a zip archive that can be read: ${reason}`);
