import { type CodeChanges, codeChanges, unknownChanges } from '../../domain/approvals/code-changes.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { PromotionDeps } from './deps.js';

/** Keeps what of the code differs from the champion's, for reviewers; undefined where no champion is followed. */
export async function keepCodeChanges(
  deps: Pick<PromotionDeps, 'blobs' | 'champions' | 'git' | 'projects'>,
  { project, model, commit: to }: ModelVersionRecord,
): Promise<BlobRef | undefined> {
  const [{ repo }, champion] = await Promise.all([
    deps.projects.get(project),
    deps.champions.champion(project, model),
  ]);
  if (champion === undefined) return undefined;
  return deps.blobs.putJson(await changesBetween(deps, repo, { from: champion.commit, to }));
}

/** People are asked also where Git cannot say it, and told why. One that does not answer is asked again. */
async function changesBetween(
  { git }: Pick<PromotionDeps, 'git'>,
  repo: string,
  between: { readonly from: string; readonly to: string },
): Promise<CodeChanges> {
  try {
    return codeChanges(between, await git.changedFiles(repo, between));
  } catch (error) {
    const isKnown = error instanceof RatchetError && /^GIT_(NOT_FOUND|REFUSED)$/.test(error.code);
    if (!isKnown) throw error;
    return unknownChanges(between, error.message);
  }
}
