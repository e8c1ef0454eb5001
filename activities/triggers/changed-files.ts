import type { ChangedFile } from '../../domain/approvals/code-changes.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { TriggerDeps } from './deps.js';

export interface ChangedFiles {
  /** With their lines; those are not counted where all files count as changed. */
  readonly files: readonly ChangedFile[];
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
      return { files: await git.changedFiles(repo, { from, to }), since: from };
    } catch (error) {
      if (!(error instanceof RatchetError && error.code === 'GIT_NOT_FOUND')) throw error;
    }
  }
  const all = await git.listFiles(repo, to, '');
  return { files: all.map((path) => ({ path, added: null, removed: null })), since: null };
}
