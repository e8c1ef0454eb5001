import { createHash, randomUUID } from 'node:crypto';
import { access, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mirrorFailure } from './git-failure.js';
import type { GitLimits } from './git-limits.js';
import type { GitRunner } from './git-runner.js';
import type { RepositoryAddress } from './repository-address.js';

/** A bare repository of ours that keeps the commits of one address that were asked for. */
export interface Mirror {
  readonly address: RepositoryAddress;
  readonly gitDir: string;
  readonly lockFile: string;
  readonly runner: GitRunner;
  readonly limits: GitLimits;
  /** Whether commits come with all that led to them. */
  readonly history: boolean;
}

/**
 * Name under which a commit is kept. It is written after git found every object of the commit here, so reading
 * through it never meets half a commit.
 */
export const keptRef = (commit: string) => `refs/ratchet/${commit}`;
/** Leads to the commit itself where it is kept, whatever it is asked for by. */
export const keptCommit = (commit: string) => `${keptRef(commit)}^{commit}`;

/**
 * Opens the mirror of an address, made where there is none. Histories have a mirror of their own, so that a commit that
 * was fetched without its history is never taken for one that has none.
 */
export async function openMirror(
  cacheDir: string,
  address: RepositoryAddress,
  runner: GitRunner,
  limits: GitLimits,
  history = false,
): Promise<Mirror> {
  const digest = createHash('sha256').update(address.url).digest('hex').slice(0, 40);
  const name = history ? `${digest}-history` : digest;
  const gitDir = join(cacheDir, `${name}.git`);
  const mirror = { address, gitDir, lockFile: join(cacheDir, `${name}.lock`), runner, limits, history };
  if (!(await exists(join(gitDir, 'HEAD')))) await makeBareRepository(mirror);
  return mirror;
}

async function makeBareRepository({ gitDir, runner, limits }: Mirror): Promise<void> {
  const part = `${gitDir}.${randomUUID()}`;
  try {
    const end = await runner.run({
      gitDir: part,
      args: ['-c', 'init.defaultBranch=none', 'init', '--bare', '--quiet', '--object-format=sha1'],
      timeoutMs: limits.timeoutMs,
      maxOutputBytes: 4096,
    });
    if (end.exitCode !== 0) throw mirrorFailure(end, 'init');
    await rename(part, gitDir);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    // Another worker may have put its own in place first, which is as good.
    if (!(await exists(join(gitDir, 'HEAD')))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
