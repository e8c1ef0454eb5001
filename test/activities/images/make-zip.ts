import { crc32, deflateRawSync } from 'node:zlib';

export interface MadeFile {
  readonly name: string;
  readonly content: string | Buffer;
  readonly isStored?: boolean;
  /** Bytes that the directory says, where not those of the content. */
  readonly bytes?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** A zip archive of some files; `isLarge` writes every number that may be too large as zip64 does. */
export function makeZip(files: readonly MadeFile[], isLarge = false): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = file.isStored ? content : deflateRawSync(content);
    const local = Buffer.concat([localHeader(file), Buffer.from(file.name), packed]);
    directory.push(listed(file, content, packed.length, offset, isLarge));
    locals.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...locals, listing, ...ending(files.length, listing.length, offset, isLarge)]);
}

function localHeader({ name }: MadeFile): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return header;
}

function listed(
  file: MadeFile,
  content: Buffer,
  packedBytes: number,
  offset: number,
  isLarge: boolean,
): Buffer {
  const bytes = file.bytes ?? content.length;
  const extra = isLarge ? Buffer.alloc(28) : Buffer.alloc(0);
  if (isLarge) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    for (const [at, value] of [bytes, packedBytes, offset].entries())
      extra.writeBigUInt64LE(BigInt(value), 4 + at * 8);
  }
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(file.flags ?? 0, 8);
  header.writeUInt16LE(file.method ?? (file.isStored ? 0 : 8), 10);
  header.writeUInt32LE(file.crc ?? crc32(content), 16);
  header.writeUInt32LE(isLarge ? 0xffffffff : packedBytes, 20);
  header.writeUInt32LE(isLarge ? 0xffffffff : bytes, 24);
  header.writeUInt16LE(Buffer.byteLength(file.name), 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(isLarge ? 0xffffffff : offset, 42);
  return Buffer.concat([header, Buffer.from(file.name), extra]);
}

function ending(count: number, bytes: number, offset: number, isLarge: boolean): Buffer[] {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isLarge ? 0xffff : count, 10);
  end.writeUInt32LE(isLarge ? 0xffffffff : bytes, 12);
  end.writeUInt32LE(isLarge ? 0xffffffff : offset, 16);
  if (!isLarge) return [end];
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  for (const [at, value] of [count, bytes, offset].entries())
    record.writeBigUInt64LE(BigInt(value), 32 + at * 8);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  return [record, locator, end];
}
