import { and, eq, ne, sql } from 'drizzle-orm';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import type { PolicyInForce, PromotionFacts } from '../domain/lifecycle/promotion-refusal.js';
import type { ChampionStore } from '../domain/ports/champions.js';
import type { PolicyRecord } from '../domain/ports/policies.js';
import type { Verifier } from '../domain/ports/signing.js';
import { toAccount } from './account-rows.js';
import { readApproval } from './approvals.js';
import type { ReadSession } from './client.js';
import { readDelegations } from './delegations.js';
import { readMembers } from './members.js';
import { onlyRow } from './only-row.js';
import { readInForce, readVerdict } from './policies.js';
import { accounts } from './schema/accounts.js';
import { stageMoves } from './schema/champions.js';
import { evaluations } from './schema/evaluations.js';
import { modelVersions } from './schema/models.js';
import { runs } from './schema/runs.js';
import { readSigningKeys } from './signing-keys.js';
import { readStage } from './stage-moves.js';
import { readVotes } from './votes.js';

/** What a process needs to promote: how to check signatures, and how policies become one. */
export interface PromotionGate {
  readonly verifier: Verifier;
  /** Of the policies in force that bear on one model, the organisation's first; undefined where they ask nothing. */
  readonly policyInForce: (policies: readonly PolicyRecord[]) => PolicyInForce | undefined;
}

type Promotion = Parameters<ChampionStore['promote']>[0];

/** Reads all that a promotion stands on. The caller has locked it: members, policies and the line stay as they are read. */
export async function readPromotionFacts(
  session: ReadSession,
  { verifier, policyInForce }: PromotionGate,
  promotion: Promotion,
): Promise<PromotionFacts> {
  const { project, model, version, attestation, hands } = promotion;
  const policies = (await readInForce(session, project)).filter(
    (policy) => policy.model === null || policy.model === model,
  );
  return {
    project,
    model,
    version,
    stage: await readStage(session, promotion),
    ...(await readBytes(session, promotion)),
    policy: policyInForce(policies),
    verdict: await readVerdict(session, project, model, version),
    ...(await readConsent(session, promotion)),
    accounts: (await session.select().from(accounts)).map(toAccount),
    members: await readMembers(session, project),
    delegations: await readDelegations(session, project),
    keys: await readSigningKeys(session),
    verifier,
    attestation,
    hands,
  };
}

async function readBytes(session: ReadSession, { project, model, version }: Promotion) {
  const rows = await session
    .select({
      model: modelVersions.modelDigest,
      dataset: modelVersions.datasetDigest,
      report: evaluations.report,
      causes: runs.causes,
      now: sql<string>`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    })
    .from(modelVersions)
    .innerJoin(evaluations, eq(evaluations.id, modelVersions.evaluationId))
    .innerJoin(runs, eq(runs.id, modelVersions.runId))
    .where(
      and(
        eq(modelVersions.project, project),
        eq(modelVersions.model, model),
        eq(modelVersions.version, version),
      ),
    );
  const { model: file, dataset, report, causes, now } = onlyRow(rows);
  return { digests: { model: file, dataset, evaluation: report.sha256 }, causes, now };
}

async function readConsent(session: ReadSession, { approval }: Promotion) {
  if (approval === null) return { approval: undefined, votes: [], isUsed: false };
  const used = await session
    .select({ id: stageMoves.id })
    .from(stageMoves)
    .where(
      and(eq(stageMoves.approval, approval), eq(stageMoves.to, 'champion'), ne(stageMoves.from, 'previous')),
    );
  return {
    approval: await readApproval(session, approval),
    votes: await readVotes(session, approval),
    isUsed: used.length > 0,
  };
}

/** The gate of a process that was given none. */
export const closedGate: PromotionGate = {
  verifier: { verify: () => ({ kind: 'invalid', reason: 'this process cannot check signatures' }) },
  policyInForce: () => {
    throw new RatchetError('PROMOTION_REFUSED', 'this process was given no gate and promotes nothing');
  },
};
