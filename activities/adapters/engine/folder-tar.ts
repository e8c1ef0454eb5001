import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type Pack, pack } from 'tar-stream';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** A file, folder or link below a folder, with `/` between the parts of its name. */
interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly kind: { readonly bytes: number } | { readonly link: string } | 'folder';
}

/** A folder as it goes to the engine: equal content, equal bytes. */
export interface FolderTar {
  /** sha256 in hex of names, modes and contents. */
  readonly digest: string;
  /** With a file that the folder does not have, before all others. Whoever takes it reads it to the end or destroys it. */
  open(first?: { readonly name: string; readonly text: string }): Readable;
}

/** Error: `ENGINE_REFUSED` where it holds a link that leads out of it, or what is neither file, folder nor link. */
export async function folderTar(folder: string): Promise<FolderTar> {
  const entries = await entriesOf(folder);
  const hash = createHash('sha256');
  for (const { name, mode, kind } of entries) {
    hash.update(`${JSON.stringify([name, mode, kind])}\n`);
    if (kind === 'folder' || 'link' in kind) continue;
    if (kind.bytes <= heldBytes) hash.update(await readFile(join(folder, name)));
    else for await (const piece of createReadStream(join(folder, name))) hash.update(piece as Buffer);
  }
  return {
    digest: hash.digest('hex'),
    open: (first) => {
      const tar = pack();
      if (first !== undefined) tar.entry({ ...fixed, name: first.name, mode: 0o644 }, first.text);
      fill(tar, folder, entries).catch((error: Error) => tar.destroy(error));
      return Readable.from(tar);
    },
  };
}

async function entriesOf(folder: string, below = ''): Promise<readonly Entry[]> {
  const names = (await readdir(join(folder, below))).toSorted();
  const found: Entry[] = [];
  for (const name of names.map((n) => (below === '' ? n : `${below}/${n}`))) {
    const stats = await lstat(join(folder, name));
    if (stats.isDirectory()) {
      found.push({ name, mode: folderMode(stats.mode), kind: 'folder' }, ...(await entriesOf(folder, name)));
    } else if (stats.isFile()) {
      found.push({ name, mode: (stats.mode & 0o111) === 0 ? 0o644 : 0o755, kind: { bytes: stats.size } });
    } else if (stats.isSymbolicLink()) {
      found.push({ name, mode: 0o777, kind: { link: await linkInside(folder, name) } });
    } else {
      throw new RatchetError('ENGINE_REFUSED', `"${name}" is neither a file, a folder nor a link`);
    }
  }
  return found;
}

/** A folder is for everybody to read; one that everybody may write, such as /tmp, stays that. */
const folderMode = (mode: number) => ((mode & 0o7777) === 0o1777 ? 0o1777 : 0o755);

async function linkInside(folder: string, name: string): Promise<string> {
  const target = await readlink(join(folder, name));
  const place = relative(folder, resolve(dirname(join(folder, name)), target));
  if (!target.startsWith('/') && place !== '..' && !place.startsWith('../')) return target;
  throw new RatchetError('ENGINE_REFUSED', `"${name}" is a link that leads out of its folder`);
}

/** What is read in one piece, as most files are small. */
const heldBytes = 1024 ** 2;
const fixed = { uid: 0, gid: 0, mtime: new Date(0) };

async function fill(tar: Pack, folder: string, entries: readonly Entry[]): Promise<void> {
  for (const { name, mode, kind } of entries) {
    if (kind === 'folder') await added(tar, { ...fixed, name, mode, type: 'directory' });
    else if ('link' in kind) await added(tar, { ...fixed, name, mode, type: 'symlink', linkname: kind.link });
    else await addFile(tar, join(folder, name), { ...fixed, name, mode, size: kind.bytes });
  }
  tar.finalize();
}

type Header = Parameters<Pack['entry']>[0];

function added(tar: Pack, header: Header, content?: Buffer): Promise<void> {
  return new Promise((done, failed) => {
    const ended = (error?: Error | null) => (error ? failed(error) : done());
    if (content === undefined) tar.entry(header, ended);
    else tar.entry(header, content, ended);
  });
}

/** What is sent is what the digest is of: a file that grew or shrank meanwhile is an error. */
async function addFile(tar: Pack, path: string, header: Header & { readonly size: number }): Promise<void> {
  if (header.size <= heldBytes) {
    const content = await readFile(path);
    if (content.length === header.size) return added(tar, header, content);
    throw new RatchetError('CONFLICT', `${path} changed while it was read`);
  }
  // The writer counts what comes in pieces.
  return new Promise((done, failed) => {
    const entry = tar.entry(header, (error) => (error ? failed(error) : done()));
    const source = createReadStream(path);
    source.on('error', failed);
    source.pipe(entry);
  });
}
