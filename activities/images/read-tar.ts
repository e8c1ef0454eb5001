import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ImageFile } from '../../domain/supply/checks/image-config.js';
import { type ByteReader, createByteReader } from './byte-reader.js';
import { entryName, hostile } from './entry-name.js';
import { readPaxRecords } from './pax-records.js';
import { blockBytes, decodeName, readTarHeader, type TarHeader } from './tar-header.js';

/** One thing in a tar file. What `content` is not asked for is skipped. */
export interface TarEntry extends ImageFile {
  /** Where the content begins in the stream. */
  readonly offset: number;
  /** The content, piece by piece; to be read before the next entry is. */
  content(): AsyncIterable<Buffer>;
}

const kinds: Readonly<Record<string, ImageFile['kind']>> = {
  '0': 'file',
  '7': 'file',
  '1': 'hard-link',
  '2': 'link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'device',
};

/** Longest name of GNU and largest header of pax that is read. */
const mostHeaderBytes = 1024 * 1024;

/** Names that are too long for a header, and numbers too large, come in entries of their own before it. */
interface Extension {
  readonly name?: string;
  readonly target?: string;
  readonly bytes?: number;
  readonly hasCapabilities?: boolean;
}

/**
 * The entries of a tar file, in order, with one spelling for each name. Nothing is written anywhere and no link is
 * followed. Errors: `IMAGE_INVALID`, `IMAGE_HOSTILE` for names that lead out and for what cannot be looked into.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = createByteReader(chunks);
  let extension: Extension = {};
  for (;;) {
    const block = await reader.take(blockBytes);
    const header = block === null ? null : readTarHeader(block);
    if (header === null) break;
    const read = await readExtension(reader, header);
    if (read !== null) {
      extension = { ...extension, ...read };
      continue;
    }
    const entry = entryOf(reader, header, extension);
    extension = {};
    yield entry.value;
    await entry.skipRest();
  }
  await reader.drain();
}

async function readExtension(
  reader: ByteReader,
  { type, bytes, name }: TarHeader,
): Promise<Extension | null> {
  if (!'LKxg'.includes(type)) return null;
  if (bytes > mostHeaderBytes) throw hostile(name, `has a header of ${bytes} bytes`);
  const content = (await reader.take(paddedBytes(bytes)))?.subarray(0, bytes) ?? Buffer.alloc(0);
  if (type === 'x') return readPaxRecords(content);
  if (type === 'g') {
    const { hasCapabilities: _, ...given } = readPaxRecords(content);
    if (Object.keys(given).length > 0) throw hostile(name, 'gives every entry the same name or size');
    return {};
  }
  const end = content.indexOf(0);
  const text = decodeName(end === -1 ? content : content.subarray(0, end));
  return type === 'L' ? { name: text } : { target: text };
}

function entryOf(reader: ByteReader, header: TarHeader, extension: Extension) {
  const written = extension.name ?? header.name;
  const kind = kinds[header.type];
  if (kind === undefined) throw hostile(written, `is of type "${header.type}"`);
  const bytes = kind === 'file' ? (extension.bytes ?? header.bytes) : 0;
  // A folder or a link with content would be read as two different things by two readers.
  if (kind !== 'file' && (extension.bytes ?? header.bytes) > 0 && kind !== 'hard-link')
    throw hostile(written, 'is no file and has content');
  const isFolder = kind === 'folder' || (kind === 'file' && written.endsWith('/'));
  const content = createContent(reader, bytes);
  const value: TarEntry = {
    path: entryName(written),
    kind: isFolder ? 'folder' : kind,
    mode: header.mode,
    bytes,
    target: kind === 'link' || kind === 'hard-link' ? (extension.target ?? header.target) : null,
    hasCapabilities: extension.hasCapabilities === true,
    offset: reader.position,
    content: content.read,
  };
  return { value, skipRest: content.skipRest };
}

function createContent(reader: ByteReader, bytes: number) {
  let left = bytes;
  let padding = paddedBytes(bytes) - bytes;
  async function* read(): AsyncGenerator<Buffer> {
    while (left > 0) {
      const part = await reader.some(left);
      if (part === null)
        throw new RatchetError('IMAGE_INVALID', `the file ends ${left} bytes too early, within an entry`);
      left -= part.length;
      yield part;
    }
  }
  return {
    read,
    async skipRest() {
      for await (const _ of read());
      if (padding > 0) await reader.take(padding);
      padding = 0;
    },
  };
}

const paddedBytes = (bytes: number) => Math.ceil(bytes / blockBytes) * blockBytes;
