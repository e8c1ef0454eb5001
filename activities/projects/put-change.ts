import { notVotedFor } from '../../domain/approvals/not-voted-for.js';
import { commitOfChange } from '../../domain/changes/change-stages.js';
import { governedDifferences } from '../../domain/changes/governed-differences.js';
import { withGoverned } from '../../domain/changes/governed-parts.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { PutChange } from '../../domain/lifecycle/change-project.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import { differingParts } from '../approvals/digests-in-force.js';
import { digestOf } from '../data/digest.js';
import { authorsOfChange, type ChangeOfParts } from './authors-of-change.js';
import type { ChangeDeps } from './deps.js';
import { digestInForce, governedInForce, readGoverned } from './read-governed.js';
import { whoLookAgain } from './who-look-again.js';

/**
 * Puts in force exactly what people approved: its votes are judged again, the commit is read again, and what is in force
 * must be what it follows. The same one again changes nothing. Errors: those of Git, `CONFIG_*`, `CONFLICT`.
 */
export async function putChange(
  deps: ChangeDeps,
  { approval: id }: { readonly approval: string },
): Promise<PutChange> {
  const approval = await deps.approvals.get(id);
  const { project: name } = approval;
  const project = await deps.projects.get(name);
  const inForce = await governedInForce(deps, project);
  const commit = commitOfChange(approval.subject);
  if (approval.kind !== 'change' || commit === undefined)
    throw new RatchetError('INTERNAL', `${id} is not about a change of a project`);
  const { config, governed } = await readGoverned(deps, { repo: project.repo, commit });
  const isThere = project.commit === commit && governedDifferences(inForce, governed).length === 0;
  if (!isThere) {
    const changed = differingParts(approval.digests, {
      policy: digestInForce(project, inForce),
      change: digestOf(governed),
    });
    const refusal =
      (await notApproved(deps, approval, { project, commit, parts: [inForce, governed] })) ??
      notTheSame(changed) ??
      (await usedBefore(deps, approval));
    if (refusal !== null) return await refused(deps, approval, refusal);
    const row = { ...project, commit, config: withGoverned(project.config, config) };
    await deps.projects.put(row, { ...governed, after: project.commit, approval: id });
  }
  const wakes = (await whoLookAgain(deps, name, [project.config, config])).map((open) => open.id);
  return { status: 'in-force', reason: `${commit} is in force`, wakes };
}

function notTheSame(changed: readonly string[]): string | null {
  if (changed.includes('change')) return 'its commit does not say what was approved';
  return changed.length > 0 ? 'what is in force is not what it was to follow' : null;
}

/** An approval counts once, also where what it followed is in force again. */
async function usedBefore(deps: ChangeDeps, approval: ApprovalRecord): Promise<string | null> {
  const { id, project } = approval;
  const { approvals } = await deps.approvals.list({ project, kind: 'change', status: 'approved', limit: 1 });
  const newest = approvals[0]?.id ?? id;
  if (newest !== id) return `${newest} was approved after it`;
  return (await deps.projects.hasApplied(id)) ? `${id} was put in force before, and counts once` : null;
}

async function notApproved(
  deps: ChangeDeps,
  approval: ApprovalRecord,
  { project, ...change }: ChangeOfParts & { readonly project: ProjectRecord },
): Promise<string | null> {
  if (approval.status !== 'approved') return `${approval.id} is ${approval.status}`;
  const [votes, keys, accounts, members, delegations, authorsNow] = await Promise.all([
    deps.approvals.votes(approval.id),
    deps.signingKeys.list(),
    deps.accounts.list(),
    deps.accounts.members(approval.project),
    deps.approvals.delegations(approval.project),
    authorsOfChange(deps, project, { ...change, by: approval.requestedBy }),
  ]);
  const { verifier } = deps;
  const now = new Date().toISOString();
  return notVotedFor({ approval, votes, verifier, keys, accounts, members, delegations, authorsNow, now });
}

async function refused(
  { audit }: ChangeDeps,
  { id, project }: ApprovalRecord,
  reason: string,
): Promise<PutChange> {
  await audit.append({ action: 'change.refused', project, subject: id, details: { reason } });
  return { status: 'refused', reason, wakes: [] };
}
