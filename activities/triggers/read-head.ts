import type { ChangedFile } from '../../domain/approvals/code-changes.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { NewHead, RefName } from '../../domain/lifecycle/follow-ref.js';
import { noticeOfRef } from '../../domain/notices/project-notices.js';
import { changedFiles } from './changed-files.js';
import type { TriggerDeps } from './deps.js';
import { type TellDeps, tell } from './tell.js';

type Deps = TellDeps & Pick<TriggerDeps, 'git' | 'refs'>;

/**
 * The head of a ref as the repository has it at this moment, where that was not handled yet; else null. A ref that is
 * gone is told of once, and goes on from where it was if it comes back. Errors: those of Git.
 */
export async function readHead(deps: Deps, at: RefName): Promise<NewHead | null> {
  const [{ repo }, known] = await Promise.all([
    deps.projects.get(at.project),
    deps.refs.get(at.project, at.ref),
  ]);
  const from = known?.commit ?? null;
  const to = await headIn(deps, repo, at.ref);
  if (to === null) {
    if (from !== null)
      await tell(deps, noticeOfRef({ ...at, lastCommit: from, at: new Date().toISOString() }));
    return null;
  }
  if (to === from) return null;
  const { files } = await changedFiles(deps, { repo, from, to });
  return { ...at, repo, from, to, applies: from === null || files.some(isConfiguration) };
}

/** More files than those that are applied: reading them once more changes nothing. */
const isConfiguration = ({ path }: ChangedFile) => /\.(ya?ml|sql)$/.test(path);

async function headIn({ git }: Deps, repo: string, ref: string): Promise<string | null> {
  try {
    return (await git.resolve(repo, ref)).id;
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'GIT_NOT_FOUND') return null;
    throw error;
  }
}
