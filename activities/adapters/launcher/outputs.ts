import { type FileHandle, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';
import { openBeneath, pathOf } from './open-beneath.js';

const MAX_DEPTH = 16;
const DEFAULT_LIMITS = { maxBytes: 16 * 1024 ** 3, maxFiles: 10_000 };

/** A regular file below an output folder; `name` uses `/`. `path` may be used when the program has ended. */
export interface OutputFile {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
}

export interface OutputLimits {
  /** Of one file. Default 16 GiB. */
  readonly maxBytes: number;
  /** Default 10,000. */
  readonly maxFiles: number;
}

/**
 * Lends a file that a foreign program wrote to `use`, under a path that stays with the open file: safe while the program
 * is still running. No part of the way below `folder` may be a link, and the file must be a regular one with a single
 * name, so that nothing outside the folder can be passed off as output. Errors: `OUTPUT_MISSING`, `OUTPUT_INVALID`.
 */
export async function withOutput<T>(
  folder: string,
  name: string,
  use: (path: string, sizeBytes: number) => Promise<T>,
  maxBytes = DEFAULT_LIMITS.maxBytes,
): Promise<T> {
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0'))) {
    throw invalid(name, 'is not a plain path below the output folder');
  }
  const handle = await openPart(folder, parts);
  try {
    const sizeBytes = await checkedSize(handle, name, maxBytes);
    return await use(pathOf(handle), sizeBytes);
  } finally {
    await handle.close();
  }
}

/**
 * All files below an output folder, by name. Links that stay in the folder are passed over. Errors: `OUTPUT_INVALID` for
 * anything that reaches out of it, is no regular file, or is over a limit.
 */
export async function collectOutputs(
  folder: string,
  limits: OutputLimits = DEFAULT_LIMITS,
): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  const waiting: string[][] = [[]];
  for (let parts = waiting.pop(); parts !== undefined; parts = waiting.pop()) {
    for (const child of await namesIn(folder, parts)) {
      const path = [...parts, child];
      const found = await lookAt(folder, path, limits.maxBytes);
      if (found === 'folder') waiting.push(path);
      else if (found !== 'nothing') files.push(found);
      if (files.length + waiting.length > limits.maxFiles) {
        throw invalid(path.join('/'), `comes after ${limits.maxFiles} others, the most that is taken`);
      }
    }
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function namesIn(folder: string, parts: readonly string[]): Promise<string[]> {
  const handle = await openBeneath(folder, parts);
  try {
    return await readdir(pathOf(handle));
  } finally {
    await handle.close();
  }
}

async function lookAt(
  folder: string,
  parts: readonly string[],
  maxBytes: number,
): Promise<OutputFile | 'folder' | 'nothing'> {
  const name = parts.join('/');
  const path = join(folder, ...parts);
  const handle = await openPart(folder, parts).catch((error: unknown) => passOver(error, folder, path));
  if (handle === 'nothing') return 'nothing';
  try {
    if (!(await handle.stat()).isDirectory()) {
      return { name, path, sizeBytes: await checkedSize(handle, name, maxBytes) };
    }
    if (parts.length >= MAX_DEPTH) throw invalid(name, `is nested deeper than ${MAX_DEPTH} folders`);
    return 'folder';
  } finally {
    await handle.close();
  }
}

/** A file that went since it was listed, or a link whose target is listed itself. */
async function passOver(error: unknown, folder: string, path: string): Promise<'nothing'> {
  if (error instanceof RatchetError && error.code === 'OUTPUT_MISSING') return 'nothing';
  const target = await realpath(path).catch(() => undefined);
  if (target?.startsWith((await realpath(folder)) + sep)) return 'nothing';
  throw error;
}

async function openPart(folder: string, parts: readonly string[]): Promise<FileHandle> {
  const name = parts.join('/');
  try {
    return await openBeneath(folder, parts);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT')
      throw new RatchetError('OUTPUT_MISSING', `the output ${name} was not written`, { name });
    if (code === 'ELOOP' || code === 'ENOTDIR') throw invalid(name, 'is a link, or lies behind one');
    throw invalid(name, `cannot be opened: ${messageOf(error)}`);
  }
}

async function checkedSize(file: FileHandle, name: string, maxBytes: number): Promise<number> {
  const found = await file.stat();
  if (!found.isFile()) throw invalid(name, 'is not a regular file');
  if (found.nlink !== 1) throw invalid(name, `has ${found.nlink} names, only one is allowed`);
  if (found.size > maxBytes) throw invalid(name, `has ${found.size} bytes, at most ${maxBytes} are allowed`);
  return found.size;
}

function invalid(name: string, why: string): RatchetError {
  return new RatchetError('OUTPUT_INVALID', `the output ${name} ${why}`, { name });
}
