import type { ApprovalRequest } from '../../domain/approvals/approval.js';
import { newlyFound } from '../../domain/approvals/author-set.js';
import { type Encounter, meetOthers } from '../../domain/approvals/newer-candidate.js';
import { policyStages } from '../../domain/approvals/policy-stages.js';
import type { PromoteModelInput, PromotionOpening } from '../../domain/lifecycle/promote-model.js';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { PolicyVerdictRecord } from '../../domain/ports/policies.js';
import type { SubjectDigests } from '../../domain/signing/vote-statement.js';
import { authorsOf } from './author-facts.js';
import type { MergedPolicy, PromotionDeps } from './deps.js';
import { differingParts, subjectOf, versionDigests, versionOf } from './digests-in-force.js';
import { keepCodeChanges } from './keep-code-changes.js';
import { openApprovals } from './open-approvals.js';

type People = NonNullable<MergedPolicy['people']>;

/**
 * Decides from rows how a promotion begins: whether its programs passed under the policy in force, whether people are
 * asked, who may not vote, and what becomes of other candidates. The approval's row is there when this returns.
 */
export async function openPromotion(
  deps: PromotionDeps,
  input: PromoteModelInput,
): Promise<PromotionOpening> {
  const { project, model, version } = input;
  const [row, stage, verdict, merged] = await Promise.all([
    deps.registry.get(project, model, String(version)),
    deps.champions.stage(project, model, version),
    deps.policies.verdict(project, model, version),
    deps.mergedPolicy(project, model),
  ]);
  if (stage === 'champion') return over('promoted', 'it is the champion already');
  if (stage === 'retired') return over('refused', 'it is retired');
  const digests = await versionDigests(deps, input);
  const problem = verdictProblem(verdict, digests);
  if (problem !== null) return over('refused', problem);
  const { people } = merged;
  if (people === null) return { kind: 'programs-alone' };
  const found = await latestRound(deps, input, { row, digests });
  if (found?.status === 'approved') return { kind: 'approved', approval: found.id };
  const encounter = await othersOf(deps, input, people);
  if (encounter.kind === 'superseded') return over('superseded', `version ${encounter.by} is newer`);
  if (encounter.kind === 'wait') return { kind: 'wait', for: encounter.for };
  const approval = found ?? (await ask(deps, input, { row, digests, people }));
  const ends = await supersede(deps, input, encounter.supersedes);
  return { kind: 'ask', approval: approval.id, request: approval, ends };
}

const over = (status: 'promoted' | 'refused' | 'superseded', reason: string): PromotionOpening => ({
  kind: 'over',
  status,
  reason,
});

/** Why people are not even asked; null where programs passed exactly what is in force. */
function verdictProblem(verdict: PolicyVerdictRecord | undefined, digests: SubjectDigests): string | null {
  if (verdict === undefined) return 'no policy has judged it';
  const differs = differingParts(verdict.digests, digests);
  if (differs.length > 0) return `its verdict is about another ${differs.join(', ')}; judge it again`;
  if (verdict.verdict === 'pass') return null;
  const against = verdict.rules.filter((rule) => rule.severity === 'block' && rule.verdict !== 'pass');
  return `the policy says ${verdict.verdict}: ${against.map(({ name, text }) => `${name}: ${text}`).join('; ')}`;
}

/**
 * The newest round where it is about these digests and these people, and open, or approved and not used yet. One that is
 * open about others ends as void.
 */
async function latestRound(
  deps: PromotionDeps,
  input: PromoteModelInput,
  about: { readonly row: ModelVersionRecord; readonly digests: SubjectDigests },
): Promise<ApprovalRecord | undefined> {
  const latest = await deps.approvals.latest(input.project, subjectOf(input));
  if (latest === undefined || (await isOver(deps, latest, input))) return undefined;
  const why = await outdated(deps, latest, about);
  if (why === null) return latest;
  if (latest.status === 'open') await deps.approvals.end(latest.id, 'void', why);
  return undefined;
}

async function isOver(
  { champions }: PromotionDeps,
  { id, status }: ApprovalRecord,
  { project, model }: PromoteModelInput,
): Promise<boolean> {
  if (status !== 'approved') return status !== 'open';
  return (await champions.history(project, model)).some(({ approval }) => approval === id);
}

/** Why votes on it are not about what is there at this moment; null where they are. */
async function outdated(
  deps: PromotionDeps,
  { digests, authorSet }: ApprovalRecord,
  about: { readonly row: ModelVersionRecord; readonly digests: SubjectDigests },
): Promise<string | null> {
  const differs = differingParts(digests, about.digests);
  if (differs.length > 0) return `what it is about is no longer in force: ${differs.join(', ')}`;
  const more = newlyFound(authorSet, await authorsOf(deps, about.row));
  return more === null ? null : `it was asked with another author set: ${more}`;
}

async function othersOf(
  deps: PromotionDeps,
  input: PromoteModelInput,
  { newer }: People,
): Promise<Encounter> {
  const open = (await openApprovals(deps, input.project, 'promotion'))
    .map(versionOf)
    .filter(({ model, version }) => model === input.model && version !== input.version)
    .map(({ version }) => version);
  // Who asks for a version by hand means that one, whatever is newer.
  const byHand = !input.requestedBy.startsWith('run/');
  return meetOthers(input.version, byHand ? open.filter((other) => other < input.version) : open, newer);
}

async function supersede(
  { approvals }: PromotionDeps,
  { project, model, version }: PromoteModelInput,
  older: readonly number[],
): Promise<readonly string[]> {
  const ended: string[] = [];
  for (const other of older) {
    const latest = await approvals.latest(project, subjectOf({ model, version: other }));
    if (latest === undefined || latest.status !== 'open') continue;
    await approvals.end(latest.id, 'superseded', `version ${version} is newer`);
    ended.push(latest.id);
  }
  return ended;
}

async function ask(
  deps: PromotionDeps,
  input: PromoteModelInput,
  about: { readonly row: ModelVersionRecord; readonly digests: SubjectDigests; readonly people: People },
): Promise<ApprovalRecord> {
  const subject = subjectOf(input);
  const [before, authorSet, code] = await Promise.all([
    deps.approvals.latest(input.project, subject),
    authorsOf(deps, about.row),
    keepCodeChanges(deps, about.row),
  ]);
  const request: ApprovalRequest = {
    project: input.project,
    kind: 'promotion',
    subject,
    round: (before?.round ?? 0) + 1,
    digests: about.digests,
    stages: policyStages(about.people.stages),
    authorSet,
    requestedBy: input.requestedBy,
    exhibits: code === undefined ? {} : { code },
  };
  return deps.approvals.open(request);
}
