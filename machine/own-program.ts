import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');
const root = new URL('..', import.meta.url).href;

/** Set where `dist/` is what the sources say, as it is for tests: their children then start as those of a user do. */
export const distIsBuilt = 'RATCHET_DIST_IS_BUILT';

/** A file of ours that runs outside of this thread. */
export interface OwnFile {
  readonly url: URL;
  /** TypeScript, which takes a loader. */
  readonly isSource: boolean;
}

/** A program of ours, as Node is to be started for it. */
export interface OwnProgram {
  readonly file: string;
  /** Options of Node that it needs. */
  readonly execArgv: readonly string[];
}

/** Finds a file of ours that is named without its ending: `new URL('./evaluate-thread', import.meta.url)`. */
export function ownFile({ href }: URL): OwnFile {
  if (!isSource) return { url: new URL(`${href}.js`), isSource };
  if (process.env[distIsBuilt] === undefined) return { url: new URL(`${href}.ts`), isSource };
  return { url: new URL(`${root}dist/${href.slice(root.length)}.js`), isSource: false };
}

/** Finds a program by its path from a file of ours, without its ending. */
export function ownProgram(fromUrl: string, path: string): OwnProgram {
  const found = ownFile(new URL(path, fromUrl));
  const file = fileURLToPath(found.url);
  if (!found.isSource) return { file, execArgv: [] };
  return { file, execArgv: ['--import', pathToFileURL(createRequire(fromUrl).resolve('tsx')).href] };
}
