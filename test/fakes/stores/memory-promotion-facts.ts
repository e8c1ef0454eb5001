import type { PromotionGate } from '../../../db/promotion-facts.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { PromotionFacts } from '../../../domain/lifecycle/promotion-refusal.js';
import type { ChampionStore, ModelStage } from '../../../domain/ports/champions.js';
import { memoryPoliciesInForce } from './memory-policies.js';
import { type MemoryState, now, requireRun } from './memory-state.js';

/** What a promotion in memory stands on: the same rules judge it as in the database. */
export function readMemoryFacts(
  state: MemoryState,
  { verifier, policyInForce }: PromotionGate,
  { project, model, version, approval: id, attestation, hands }: Parameters<ChampionStore['promote']>[0],
  stage: ModelStage,
): PromotionFacts {
  const isOf = (one: { readonly project: string; readonly model: string; readonly version: number }) =>
    one.project === project && one.model === model && one.version === version;
  const row = state.versions.find(isOf);
  const evaluation = row && state.evaluations.get(row.evaluationId);
  if (!row || !evaluation) throw new Error(`no version ${version} of ${project}/${model} in memory`);
  const approval = id === null ? undefined : state.approvals.get(id);
  if (id !== null && !approval) throw new RatchetError('APPROVAL_NOT_FOUND', `there is no approval "${id}"`);
  const { modelDigest, datasetDigest, report } = evaluation;
  return {
    project,
    model,
    version,
    stage,
    digests: { model: modelDigest, dataset: datasetDigest, evaluation: report.sha256 },
    causes: requireRun(state, row.runId).causes,
    policy: policyInForce(
      memoryPoliciesInForce(state, project).filter((one) => one.model === null || one.model === model),
    ),
    verdict: state.policyVerdicts.findLast(isOf),
    approval,
    isUsed: state.moves.some(
      (move) => id !== null && move.approval === id && move.to === 'champion' && move.from !== 'previous',
    ),
    votes: [...state.votes.values()].filter((vote) => vote.approval === id),
    accounts: [...state.accounts.values()],
    members: state.members.filter((one) => one.project === project),
    delegations: [...state.delegations.values()].filter((one) => one.project === project),
    keys: [...state.signingKeys.values()],
    verifier,
    attestation,
    hands,
    now: now(),
  };
}
