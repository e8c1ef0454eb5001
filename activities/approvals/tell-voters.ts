import { neededStages } from '../../domain/approvals/needed-stages.js';
import type { TellVotersInput } from '../../domain/lifecycle/request-approval.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ApprovalDeps } from './deps.js';

const occasions = {
  asked: { action: 'approval.asked', says: 'waits for votes' },
  reminder: { action: 'approval.reminded', says: 'still waits for votes' },
  escalation: { action: 'approval.escalated', says: 'has waited long, and others may vote too' },
} as const;

/** The row first, then the word: to those who may vote in the stage and have not. */
export async function tellVoters(
  deps: Pick<ApprovalDeps, 'accounts' | 'approvals' | 'audit' | 'notifier'>,
  { approval: id, stage: at, occasion }: TellVotersInput,
): Promise<void> {
  const approval = await deps.approvals.get(id);
  const stage = neededStages(approval)[at];
  if (approval.status !== 'open' || stage === undefined) return;
  const { escalate } = stage;
  const roles = occasion === 'escalation' && escalate !== null ? [stage.role, escalate.role] : [stage.role];
  const to = await votersFor(deps, approval, roles);
  const { action, says } = occasions[occasion];
  const { project, subject } = approval;
  await deps.audit.append({ action, project, subject: id, details: { stage: stage.name, roles, to } });
  const text = `${project}: ${subject} ${says} of ${roles.join(' or ')} in stage "${stage.name}", ${stage.quorum} in all`;
  await deps.notifier.tell({ to, project, about: id, text });
}

async function votersFor(
  deps: Pick<ApprovalDeps, 'accounts' | 'approvals'>,
  { id, project, authorSet }: ApprovalRecord,
  roles: readonly string[],
): Promise<readonly string[]> {
  const [members, votes] = await Promise.all([deps.accounts.members(project), deps.approvals.votes(id)]);
  const authors = authorSet.authors.map(({ account }) => account);
  const voted = votes.flatMap(({ status, approver, onBehalfOf }) =>
    status === 'counted' ? [approver, onBehalfOf] : [],
  );
  return members
    .filter((member) => member.roles.some((role) => roles.includes(role)))
    .map(({ account }) => account)
    .filter((account) => !authors.includes(account) && !voted.includes(account))
    .sort();
}
