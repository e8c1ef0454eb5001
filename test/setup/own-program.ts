import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type OwnProgram, ownProgram } from '../../machine/own-program.js';
import { packageRoot } from '../../stack/package-root.js';

/** A program of ours by its path from the root, without its ending. */
export const program = (path: string): OwnProgram =>
  ownProgram(pathToFileURL(join(packageRoot(), 'package.json')).href, `./${path}`);

/** The arguments of Node that start it. */
export function nodeArgs(path: string): string[] {
  const { file, execArgv } = program(path);
  return [...execArgv, file];
}
