import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../stack/package-root.js';

/** What becomes of one file: another text, from its text to another, or nothing. A new file begins empty. */
export type Edit = string | Uint8Array | null | ((text: string) => string);
export type Edits = Readonly<Record<string, Edit>>;

/** A Git repository made from test/fixtures/tiny-model. */
export interface TinyRepository {
  readonly path: string;
  /** The files of `main` with these edits, on a new branch. Branches do not see each other. */
  branch(name: string, edits: Edits): Promise<string>;
  git(...args: readonly string[]): Promise<string>;
}

const environment = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Dana Scientist',
  GIT_AUTHOR_EMAIL: 'dana@example.com',
  GIT_COMMITTER_NAME: 'Dana Scientist',
  GIT_COMMITTER_EMAIL: 'dana@example.com',
};

export async function createTinyRepository(path: string, edits: Edits = {}): Promise<TinyRepository> {
  await cp(join(packageRoot(), 'test/fixtures/tiny-model'), path, { recursive: true });
  const git = async (...args: readonly string[]) =>
    (await promisify(execFile)('git', args, { cwd: path, env: environment })).stdout.trim();
  const commit = async (changes: Edits) => {
    for (const [name, edit] of Object.entries(changes)) await apply(join(path, name), edit);
    await git('add', '--all');
    await git('commit', '--quiet', '--allow-empty', '--message', 'A change');
  };
  await git('init', '--quiet', '--initial-branch=main');
  await commit(edits);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    path,
    git,
    // One working tree, so one branch at a time.
    branch(name, changes) {
      const made = turn.then(async () => {
        await git('checkout', '--quiet', '-b', name, 'main');
        await commit(changes);
        await git('checkout', '--quiet', 'main');
        return name;
      });
      turn = made.catch(() => undefined);
      return made;
    },
  };
}

async function apply(path: string, edit: Edit): Promise<void> {
  if (edit === null) return rm(path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof edit === 'function' ? edit(await readOr(path)) : edit);
}

async function readOr(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}
