import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const environment = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'bench',
  GIT_AUTHOR_EMAIL: 'bench@example.com',
  GIT_COMMITTER_NAME: 'bench',
  GIT_COMMITTER_EMAIL: 'bench@example.com',
};

/** Commits all of a folder to `main`; makes it a repository first, where it is none. Gives the commit's id. */
export async function commitAll(folder: string): Promise<string> {
  const git = (...args: string[]) => run('git', args, { cwd: folder, env: environment });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'As it stands');
  return (await git('rev-parse', 'HEAD')).stdout.trim();
}
