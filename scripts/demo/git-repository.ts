import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../stack/package-root.js';
import { type Edit, policies } from './edits.js';

const run = promisify(execFile);

/** The person whose commits these are, and nothing of the configuration of who runs the demo. */
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

/** A Git repository made from the flight-delay example. */
export interface DemoRepository {
  readonly path: string;
  /** Changes files (by path, from their text to another; a new file begins empty) and commits. Gives the commit's id. */
  commit(edits: Readonly<Record<string, Edit>>, message: string, branch?: string): Promise<string>;
  /** A change that breaks the training code, on the branch `broken`. Gives the branch's name. */
  commitBrokenTraining(): Promise<string>;
  /** The fix of that change, on the same branch. Gives the branch's name. */
  commitFixedTraining(): Promise<string>;
}

const estimators = 'training/estimators.py';
const argument = {
  right: 'max_iter=job.option("max_iter", 300)',
  wrong: 'max_iters=job.option("max_iter", 300)',
};

/**
 * Copies the example into a folder that does not exist yet, gives the project another name where one is asked for, and
 * commits it to `main`, with the strict policy of the main model in the place of the reviewed one.
 */
export async function createDemoRepository(
  folder: string,
  project = 'flight-delay',
): Promise<DemoRepository> {
  await mkdir(dirname(folder), { recursive: true });
  await cp(join(packageRoot(), 'examples/flight-delay'), folder, {
    recursive: true,
    errorOnExist: true,
    force: false,
    filter: (path) => !['node_modules', '__pycache__'].includes(basename(path)),
  });
  const git = async (...args: readonly string[]) =>
    (await run('git', args, { cwd: folder, env: environment })).stdout.trim();
  await git('init', '--quiet', '--initial-branch=main');
  const repository = openRepository(folder, git);
  const renamed = (text: string) => text.replace(/^project: .*$/m, () => `project: ${project}`);
  const strict = await readFile(join(folder, policies.strict), 'utf8');
  await repository.commit(
    { 'ratchet.project.yaml': renamed, [policies.inForce]: () => strict },
    'Late arrivals from New York',
  );
  return repository;
}

function openRepository(path: string, git: (...args: readonly string[]) => Promise<string>): DemoRepository {
  const commit: DemoRepository['commit'] = async (edits, message, branch = 'main') => {
    const branches = (await git('branch', '--format=%(refname:short)')).split('\n');
    if (branches.includes(branch)) await git('checkout', '--quiet', branch);
    else if (branch !== 'main') await git('checkout', '--quiet', '-b', branch, 'main');
    for (const [name, edit] of Object.entries(edits)) await changeFile(join(path, name), edit);
    await git('add', '--all');
    await git('commit', '--quiet', '--message', message);
    const id = await git('rev-parse', 'HEAD');
    if (branch !== 'main') await git('checkout', '--quiet', 'main');
    return id;
  };
  const swap = async (from: string, to: string, message: string) => {
    await commit({ [estimators]: (text) => text.replace(from, () => to) }, message, 'broken');
    return 'broken';
  };
  return {
    path,
    commit,
    commitBrokenTraining: () => swap(argument.right, argument.wrong, 'Name the limit of iterations'),
    commitFixedTraining: () => swap(argument.wrong, argument.right, 'Name the limit of iterations rightly'),
  };
}

async function changeFile(path: string, edit: Edit): Promise<void> {
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const after = edit(before);
  if (before === after && before !== '') return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, after);
}
