import type { AuthorSet } from '../../domain/approvals/approval.js';
import { type AuthorFacts, authorSet } from '../../domain/approvals/author-set.js';
import { type GovernedParts, governedFiles, programFolders } from '../../domain/changes/governed-parts.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { commitsBetween } from '../approvals/author-facts.js';
import type { ProjectDeps } from './deps.js';

export interface ChangeOfParts {
  readonly commit: string;
  /** What is in force, and what the commit has. */
  readonly parts: readonly GovernedParts[];
}

/**
 * Who made a change: by the repository since the commit in force, as its members are known. Whom a change names counts
 * from its approval on. The programs of a policy come in force with it, so that who edited one made the change too.
 * `by` is who applied it; null, or no account, for a program.
 */
export async function authorsOfChange(
  deps: Pick<ProjectDeps, 'accounts' | 'git'>,
  known: ProjectRecord,
  { commit, parts, by }: ChangeOfParts & { readonly by: string | null },
): Promise<AuthorSet> {
  const folders = [...new Set(parts.flatMap(programFolders))];
  const range = { from: known.commit, to: commit, touching: { files: governedFiles, folders } };
  const [{ commits, gaps }, members, accounts] = await Promise.all([
    commitsBetween(deps, known.repo, range),
    deps.accounts.members(known.name),
    deps.accounts.list(),
  ]);
  const starts: AuthorFacts['starts'] = by === null ? [] : [{ kind: 'manual', by, isResume: false }];
  return authorSet({ commits: [], configEdits: commits, starts, members, accounts, gaps });
}
