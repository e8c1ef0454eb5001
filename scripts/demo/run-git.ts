import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

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

/** Runs Git in a folder, as Dana. What it printed: for programs on `stdout`, for people on `stderr`. */
export function runGit(
  folder: string,
  words: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run('git', words, { cwd: folder, env: environment });
}
