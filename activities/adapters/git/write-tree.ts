import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { ByteReader } from './byte-reader.js';
import { mirrorFailure } from './git-failure.js';
import { listTree, type TreeFile } from './list-tree.js';
import type { Mirror } from './mirror.js';
import { parseObjectHeader } from './object-batch.js';
import { isSmall, type SmallTree, type TreeMemory } from './tree-memory.js';

/** At most, with the end of its line and that of the contents. */
const headerBytes = 100;

/**
 * Writes a tree to a fresh folder, byte for byte as it was committed: no filters, no end-of-line conversion, no
 * links. A failure leaves the folder empty.
 */
export async function writeTree(
  mirror: Mirror,
  treeId: string,
  folder: string,
  memory: TreeMemory,
): Promise<void> {
  const known = memory.find(treeId);
  const files = known?.files ?? (await listTree(mirror, treeId));
  const small = known ?? (isSmall(files) ? await readSmall(mirror, files) : undefined);
  if (small !== undefined) memory.keep(treeId, small);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new RatchetError('CONFLICT', `${folder} is not empty; a working copy is written to a fresh folder`);
  }
  try {
    const folders = new Set(files.map(({ path }) => dirname(join(folder, path))));
    for (const made of folders) await mkdir(made, { recursive: true });
    if (small === undefined) await writeFiles(mirror, files, folder);
    else await writeContents(Readable.from([small.batch]), files, folder);
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}

async function readSmall({ runner, gitDir, limits }: Mirror, files: readonly TreeFile[]): Promise<SmallTree> {
  const end = await runner.run({
    gitDir,
    args: ['cat-file', '--batch', '--buffer'],
    input: files.map(({ id }) => `${id}\n`).join(''),
    timeoutMs: limits.timeoutMs,
    maxOutputBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes + headerBytes, 0),
  });
  if (end.exitCode !== 0) throw mirrorFailure(end, 'cat-file');
  return { files, batch: end.stdout };
}

async function writeFiles(mirror: Mirror, files: readonly TreeFile[], folder: string): Promise<void> {
  const { runner, gitDir, limits } = mirror;
  const program = await runner.start({
    gitDir,
    args: ['cat-file', '--batch', '--buffer'],
    timeoutMs: limits.timeoutMs,
  });
  const names = Readable.from(files.map(({ id }) => `${id}\n`));
  try {
    await Promise.all([pipeline(names, program.stdin), writeContents(program.stdout, files, folder)]);
  } catch (error) {
    program.stop('output');
    const end = await program.end;
    if (end.stopped !== 'timeout') throw error;
    const text = `writing the working copy took longer than the ${limits.timeoutMs} ms that are allowed`;
    throw new RatchetError('GIT_REFUSED', text);
  }
  await program.end;
}

async function writeContents(stdout: Readable, files: readonly TreeFile[], folder: string): Promise<void> {
  const reader = new ByteReader(stdout);
  for (const file of files) {
    const header = parseObjectHeader(await reader.line());
    if (header?.id !== file.id || header.sizeBytes !== file.sizeBytes) {
      throw new RatchetError('INTERNAL', `git has no object ${file.id} for ${file.path}`);
    }
    // wx: a path that is taken, by a link above all, is an error and never followed.
    const handle = await open(join(folder, file.path), 'wx', file.executable ? 0o755 : 0o644);
    try {
      await reader.bytes(file.sizeBytes, (piece) => handle.writeFile(piece));
    } finally {
      await handle.close();
    }
    await reader.bytes(1, async () => undefined);
  }
}
