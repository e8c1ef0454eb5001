import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { packageRoot } from '../../stack/package-root.js';

/** The seeds that are played for the commit that is checked out: others for each commit, the same for everybody. */
export async function seedsOfCommit(): Promise<{
  readonly commit: string;
  readonly seeds: readonly number[];
}> {
  const head = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: packageRoot() });
  const commit = head.stdout.trim();
  return { commit, seeds: seedsOf(commit) };
}

/** Three seeds from the first digits of a commit id. */
export function seedsOf(commit: string): readonly number[] {
  const digits = /^([0-9a-f]{6})([0-9a-f]{6})([0-9a-f]{6})/.exec(commit)?.slice(1);
  if (digits === undefined) throw new Error(`"${commit}" is no commit id`);
  return digits.map((part) => Number.parseInt(part, 16));
}
