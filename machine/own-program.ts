import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A program of ours, as Node is to be started for it. */
export interface OwnProgram {
  readonly file: string;
  /** Options of Node that it needs. */
  readonly execArgv: readonly string[];
}

/**
 * Finds a program by its path from a file of ours, without its ending. Compiled ones start as they are; the TypeScript of
 * tests and development takes a loader.
 */
export function ownProgram(fromUrl: string, path: string): OwnProgram {
  const suffix = extname(fromUrl);
  const file = fileURLToPath(new URL(`${path}${suffix}`, fromUrl));
  if (suffix !== '.ts') return { file, execArgv: [] };
  return { file, execArgv: ['--import', pathToFileURL(createRequire(fromUrl).resolve('tsx')).href] };
}
