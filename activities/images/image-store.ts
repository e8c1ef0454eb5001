import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, RatchetError } from '../../domain/errors/ratchet-error.js';
import { hostile } from './entry-name.js';
import { readTar } from './read-tar.js';

/** The files that an image comes in: of a tar file, or of a folder. Nothing is unpacked. */
export interface ImageStore {
  has(name: string): boolean;
  /** The whole of a small file. Error: `IMAGE_INVALID` where it is missing or larger than may be. */
  read(name: string): Promise<Buffer>;
  /** A file, piece by piece. Error: `IMAGE_INVALID` where it is missing. */
  stream(name: string): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** Most files that an archive of an image has of its own; those of its layers are not among them. */
const mostFiles = 20_000;
const mostManifestBytes = 16 * 1024 * 1024;
const pieceBytes = 1024 * 1024;

/** Opens what `docker save` wrote, or an OCI layout, as a tar file or a folder. Errors: `IMAGE_INVALID`, `IMAGE_HOSTILE`. */
export async function openImageStore(path: string): Promise<ImageStore> {
  const found = await lstat(path).catch((cause: unknown) => {
    throw new RatchetError(
      'IMAGE_INVALID',
      `no image can be read at ${path}: ${messageOf(cause)}`,
      {},
      { cause },
    );
  });
  if (found.isDirectory()) return await openFolder(path);
  if (!found.isFile()) throw new RatchetError('IMAGE_INVALID', `${path} is neither a file nor a folder`);
  return await openTarFile(path, found);
}

/** Where a file lies: in which file, from which byte, how long. */
interface Span {
  readonly handle: FileHandle;
  readonly offset: number;
  readonly bytes: number;
}

async function openTarFile(path: string, { size }: Stats): Promise<ImageStore> {
  const handle = await open(path);
  const whole: Span = { handle, offset: 0, bytes: size };
  try {
    await refuseCompressed(path, whole);
    const spans = await indexTar(whole);
    return createStore(
      (name) => spans.get(name),
      [...spans.keys()],
      () => handle.close(),
    );
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function refuseCompressed(path: string, whole: Span): Promise<void> {
  for await (const piece of piecesOf({ ...whole, bytes: Math.min(4, whole.bytes) }))
    if (piece[0] === 0x1f && piece[1] === 0x8b)
      throw new RatchetError(
        'IMAGE_INVALID',
        `${path} is compressed as a whole; allowed is the tar file in it (gunzip it)`,
      );
}

async function indexTar(whole: Span): Promise<ReadonlyMap<string, Span>> {
  const spans = new Map<string, Span>();
  const links: [string, string][] = [];
  for await (const { path, kind, offset, bytes, target } of readTar(piecesOf(whole))) {
    if (kind === 'folder') continue;
    if (kind === 'device') throw hostile(path, 'is a device');
    if (spans.has(path) || links.some(([name]) => name === path)) throw hostile(path, 'comes twice');
    if (spans.size + links.length >= mostFiles) throw hostile(path, `is one of more than ${mostFiles} files`);
    if (kind === 'file') spans.set(path, { handle: whole.handle, offset, bytes });
    else links.push([path, target ?? '']);
  }
  return withSharedLayers(spans, links);
}

/** Docker writes a layer that is there twice as a link to the other. Such a name is taken, one step far, and no other. */
function withSharedLayers(spans: ReadonlyMap<string, Span>, links: readonly [string, string][]) {
  const shared = new Map(spans);
  for (const [path, target] of links) {
    const other = /^\.\.\/([0-9a-f]{64}\/layer\.tar)$/.exec(target)?.[1];
    const span = other === undefined ? undefined : spans.get(other);
    if (span === undefined || !/^[0-9a-f]{64}\/layer\.tar$/.test(path)) throw hostile(path, 'is a link');
    shared.set(path, span);
  }
  return shared;
}

async function openFolder(root: string): Promise<ImageStore> {
  const names: string[] = [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const name = join(entry.parentPath, entry.name).slice(join(root, '/').length);
    if (entry.isDirectory()) continue;
    if (!entry.isFile()) throw hostile(name, 'is no regular file');
    if (names.push(name) > mostFiles) throw hostile(name, `is one of more than ${mostFiles} files`);
  }
  const handles = new Map<string, Span>();
  const known = new Set(names);
  return createStore(
    async (name) => {
      if (!known.has(name)) return undefined;
      const handle =
        handles.get(name)?.handle ??
        (await open(join(root, name), constants.O_RDONLY | constants.O_NOFOLLOW));
      const span = { handle, offset: 0, bytes: (await handle.stat()).size };
      handles.set(name, span);
      return span;
    },
    names,
    async () => {
      for (const { handle } of handles.values()) await handle.close();
    },
  );
}

function createStore(
  spanOf: (name: string) => Span | undefined | Promise<Span | undefined>,
  names: readonly string[],
  close: () => Promise<void>,
): ImageStore {
  const known = new Set(names);
  const found = async (name: string) => {
    const span = await spanOf(name);
    if (span !== undefined) return span;
    throw new RatchetError('IMAGE_INVALID', `the image has no file ${name.slice(0, 200)}`);
  };
  return {
    has: (name) => known.has(name),
    async read(name) {
      const span = await found(name);
      if (span.bytes > mostManifestBytes)
        throw new RatchetError(
          'IMAGE_INVALID',
          `${name} has ${span.bytes} bytes, allowed are ${mostManifestBytes}`,
        );
      return await wholeOf(piecesOf(span));
    },
    async *stream(name) {
      yield* piecesOf(await found(name));
    },
    close,
  };
}

async function* piecesOf({ handle, offset, bytes }: Span): AsyncGenerator<Buffer> {
  let at = 0;
  while (at < bytes) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, bytes - at));
    const { bytesRead } = await handle.read(piece, 0, piece.length, offset + at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

async function wholeOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
