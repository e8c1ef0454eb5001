import { neededStages } from '../../domain/approvals/needed-stages.js';
import type { TellVotersInput } from '../../domain/lifecycle/request-approval.js';
import { noticeOfWantedVotes } from '../../domain/notices/approval-notice.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ApprovalDeps } from './deps.js';

const actions = {
  asked: 'approval.asked',
  reminder: 'approval.reminded',
  escalation: 'approval.escalated',
} as const;

/** The row first, then the word: to those who may vote in the stage and have not. */
export async function tellVoters(
  deps: Pick<ApprovalDeps, 'accounts' | 'approvals' | 'audit' | 'tell'>,
  { approval: id, stage: at, occasion, reminded = 0 }: TellVotersInput,
): Promise<void> {
  const approval = await deps.approvals.get(id);
  const stage = neededStages(approval)[at];
  if (approval.status !== 'open' || approval.stage !== at || stage === undefined) return;
  const { escalate } = stage;
  const roles = occasion === 'escalation' && escalate !== null ? [stage.role, escalate.role] : [stage.role];
  const to = await votersFor(deps, approval, roles);
  const details = { stage: stage.name, roles, to };
  await deps.audit.append({ action: actions[occasion], project: approval.project, subject: id, details });
  const now = new Date().toISOString();
  await deps.tell(noticeOfWantedVotes({ approval, stage, occasion, reminded, roles, to, at: now }));
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
