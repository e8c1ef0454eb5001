import type { z } from '@hono/zod-openapi';
import { mayDo } from '../../domain/access/principal.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import type { approvalDetailSchema, approvalParams, approvalSchema } from '../shapes/approvals.js';
import { voteStatement } from '../stories/vote-statement.js';
import { shownChange, shownCode } from './approval-exhibits.js';
import { type JudgedApproval, judgedApproval } from './judged-approval.js';
import { plainVerdict } from './plain-verdict.js';
import { versionDiff } from './version-diff.js';

type Detail = z.infer<typeof approvalDetailSchema>;

/** By round, or the newest of its subject. Error: `APPROVAL_NOT_FOUND`. */
export async function findApproval(
  deps: GatewayDeps,
  { project, subject, round }: z.infer<typeof approvalParams>,
): Promise<ApprovalRecord> {
  if (round !== 'latest') return deps.approvals.get(`approval/${project}/${subject}/${round}`);
  const found = await deps.approvals.latest(project, subject);
  if (found !== undefined) return found;
  throw new RatchetError('APPROVAL_NOT_FOUND', `there is no approval of "${subject}" in ${project}`, {
    subject,
  });
}

export function plainApproval(row: ApprovalRecord): z.infer<typeof approvalSchema> {
  const { digests: _, stages, authorSet, stage, stageOpenedAt: __, exhibits: ___, ...rest } = row;
  const open = row.status === 'open' ? stages[stage] : undefined;
  return {
    ...rest,
    stage: open?.name ?? null,
    role: open?.role ?? null,
    machineStarted: authorSet.machineStarted,
  };
}

/** What a reviewer has to see: exactly what they approve, and whether their vote would count. */
export async function approvalDetail(
  deps: GatewayDeps,
  caller: Caller,
  approval: ApprovalRecord,
): Promise<Detail> {
  const [judged, subject] = await Promise.all([judgedApproval(deps, approval), aboutSubject(deps, approval)]);
  const { authors, strangers } = approval.authorSet;
  return {
    ...plainApproval(approval),
    digests: { ...approval.digests },
    authors: authors.map(({ account, why }) => ({ account, why: [...why] })),
    strangers: [...strangers],
    stages: judged.judgement.stages.map((stage, at) => ({
      ...stage,
      roles: [...stage.roles],
      approvals: [...stage.approvals],
      rejections: [...stage.rejections],
      veto: approval.stages[at]?.veto ?? false,
    })),
    votes: judged.votes.map(({ envelope: _, approval: __, ...vote }) => vote),
    ...subject,
    voters: votersNow(caller, judged),
    you: mayVote(caller, judged),
  };
}

type About = Pick<Detail, 'verdict' | 'diff' | 'code' | 'change'>;

/** What is to be approved: a change of the project, or a version with its verdict and what it changes. */
async function aboutSubject(deps: GatewayDeps, approval: ApprovalRecord): Promise<About> {
  const { kind, project, subject } = approval;
  const nothing = { verdict: null, diff: null, code: null, change: null };
  if (kind === 'change') return { ...nothing, change: await shownChange(deps, approval) };
  const [, model, version] = /^([^@]+)@([1-9]\d*)$/.exec(subject) ?? [];
  if (model === undefined || version === undefined) return nothing;
  const [row, champion, verdict, code] = await Promise.all([
    deps.registry.get(project, model, version),
    championFor(deps, approval, model),
    deps.policies.verdict(project, model, Number(version)),
    shownCode(deps, approval),
  ]);
  const other = champion?.version === row.version ? undefined : champion;
  const diff = await versionDiff(deps, other, row);
  return { ...nothing, verdict: verdict ? plainVerdict(verdict) : null, diff, code };
}

/** Whom the version would displace; of an approval that is over, who was champion when it was asked. */
async function championFor(
  { champions }: GatewayDeps,
  { project, status, openedAt }: ApprovalRecord,
  model: string,
): Promise<ModelVersionRecord | undefined> {
  if (status === 'open') return champions.champion(project, model);
  return (await champions.liveAt(project, model, openedAt))?.version;
}

/** Whose vote counts if it comes now: the same judgement that it would have. */
function votersNow({ account: _, ...caller }: Caller, judged: JudgedApproval): string[] {
  const { approval, judgement, members, refusalOf } = judged;
  const roles = judgement.stages[judgement.stage]?.roles ?? [];
  return members
    .filter((member) => member.roles.some((role) => roles.includes(role)))
    .map(({ account }) => account)
    .filter((account) => refusalOf(voteStatement(approval, { ...caller, account }, said)) === null)
    .sort();
}

const said = { decision: 'approve', reason: '' } as const;

/** The same judgement that the vote would have, in words for who reads it. */
function mayVote(caller: Caller, { approval, refusalOf, delegatorsTo }: JudgedApproval): Detail['you'] {
  const { account } = caller;
  const allowed = mayDo(caller, 'vote', approval.project);
  const own = refusalOf(voteStatement(approval, caller, said));
  const seats = delegatorsTo(account).filter(
    (onBehalfOf) => refusalOf(voteStatement(approval, caller, { ...said, onBehalfOf })) === null,
  );
  const roles = (caller.roles[approval.project] ?? []).join(', ');
  return {
    account,
    mayVote: allowed && (own === null || seats.length > 0),
    why: own ?? (allowed ? `as ${roles} of ${approval.project}` : 'the token of this request may not vote'),
    onBehalfOf: allowed ? seats : [],
  };
}
