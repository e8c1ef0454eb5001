import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TriggerDeps } from './deps.js';

export interface ChangedFiles {
  readonly files: readonly string[];
  /** The commit that they are compared with; null where all files count as changed. */
  readonly since: string | null;
}

/** Files in which two commits differ. Where the older one is gone from the repository, all files of the newer one. */
export async function changedFiles(
  { git }: Pick<TriggerDeps, 'git'>,
  { repo, from, to }: { readonly repo: string; readonly from: string | null; readonly to: string },
): Promise<ChangedFiles> {
  if (from !== null) {
    try {
      return { files: (await git.changedFiles(repo, { from, to })).map(({ path }) => path), since: from };
    } catch (error) {
      if (!(error instanceof RatchetError && error.code === 'GIT_NOT_FOUND')) throw error;
    }
  }
  return { files: await git.listFiles(repo, to, ''), since: null };
}
