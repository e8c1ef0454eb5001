import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { accountOf } from './author-account.js';
import type { TriggerDeps } from './deps.js';

/**
 * Account of whoever wrote a commit of the project; null without one. Null also where the repository no longer has the
 * commit: the owner is told all the same.
 */
export async function authorOf(
  { accounts, git, projects }: Pick<TriggerDeps, 'accounts' | 'git' | 'projects'>,
  at: { readonly project: string; readonly commit: string | null },
): Promise<string | null> {
  if (at.commit === null) return null;
  const { repo } = await projects.get(at.project);
  try {
    const [commit, members] = await Promise.all([git.resolve(repo, at.commit), accounts.members(at.project)]);
    return accountOf(commit.author, members);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'GIT_NOT_FOUND') return null;
    throw error;
  }
}
