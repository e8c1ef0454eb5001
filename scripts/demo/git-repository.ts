import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseModel } from '../../domain/config/configuration-files.js';
import type { ModelConfig } from '../../domain/config/model.js';
import { packageRoot } from '../../stack/package-root.js';
import { beforeTheFirstPush, type Edit, notifications, policies } from './edits.js';
import { createGitHost, type GitHost } from './host/git-host.js';
import { runGit } from './run-git.js';

/** A working copy of a repository made from the flight-delay example, and where it is pushed to. */
export interface DemoRepository {
  readonly path: string;
  /** `origin`. */
  readonly host: GitHost;
  /** Pushes a branch; the lines that the host said to whoever pushed. */
  push(branch?: string): Promise<readonly string[]>;
  /** Changes files (by path, from their text to another; a new file begins empty) and commits. Gives the commit's id. */
  commit(edits: Readonly<Record<string, Edit>>, message: string, branch?: string): Promise<string>;
  /** The main model's file at a commit. */
  model(commit: string): Promise<ModelConfig>;
  /** A change that breaks the training code, on the branch `broken`. Gives the branch's name. */
  commitBrokenTraining(): Promise<string>;
  /** The fix of that change, on the same branch. Gives the branch's name. */
  commitFixedTraining(): Promise<string>;
}

const mainModel = 'models/late-arrival/ratchet.yaml';
const estimators = 'training/estimators.py';
const argument = {
  right: 'max_iter=job.option("max_iter", 300)',
  wrong: 'max_iters=job.option("max_iter", 300)',
};

/**
 * Copies the example into a folder that does not exist yet, gives the project another name where one is asked for, and
 * commits it to `main`: with the strict policy of the main model in the place of the reviewed one, the main model as it
 * was before the first push, and the letters of the demo. It is pushed to a bare repository beside the folder.
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
  const git: Git = async (...args) => (await runGit(folder, args)).stdout.trim();
  await git('init', '--quiet', '--initial-branch=main');
  const host = await createGitHost(`${folder}.git`);
  await git('remote', 'add', 'origin', host.path);
  const repository = openRepository(folder, host, git);
  const named = (text: string) => text.replace(/^project: .*$/m, () => `project: ${project}`);
  const strict = await readFile(join(folder, policies.strict), 'utf8');
  await repository.commit(
    {
      ...beforeTheFirstPush,
      'ratchet.project.yaml': (text) => named(text) + notifications,
      [policies.inForce]: () => strict,
    },
    'Late arrivals from New York',
  );
  await repository.push();
  return repository;
}

type Git = (...args: readonly string[]) => Promise<string>;

function openRepository(path: string, host: GitHost, git: Git): DemoRepository {
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
    host,
    commit,
    model: async (id) => parseModel(await git('show', `${id}:${mainModel}`), mainModel),
    push: async (branch = 'main') => remoteLines((await runGit(path, ['push', 'origin', branch])).stderr),
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

/** What the other side said, without what Git says of itself. */
function remoteLines(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^remote: (.*?)\s*$/.exec(line)?.[1] ?? []);
}
