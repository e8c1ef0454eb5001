import { createHash } from 'node:crypto';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { mayMove, type StageEvent } from '../domain/lifecycle/model-stages.js';
import { promotionRefusal } from '../domain/lifecycle/promotion-refusal.js';
import type { AuditLog } from '../domain/ports/audit.js';
import type { ChampionStore, ModelStage, StageMove } from '../domain/ports/champions.js';
import { actingAs } from './acting.js';
import { createAuditLog } from './audit-log.js';
import type { Database, Session } from './client.js';
import { readVersion } from './models.js';
import { holdPolicyOfAll, readVerdict } from './policies.js';
import { lockProject } from './project-lock.js';
import { type PromotionGate, readPromotionFacts } from './promotion-facts.js';
import { attestations } from './schema/champions.js';
import {
  approvalOf,
  createStageReads,
  lastMove,
  move,
  readLine,
  readStage,
  setLine,
  type VersionName,
} from './stage-moves.js';

type Promotion = Parameters<ChampionStore['promote']>[0];

export function createChampionStore(database: Database, gate: PromotionGate): ChampionStore {
  const audit = createAuditLog(database);
  const locked = <T>(actor: string, project: string, work: (session: Session) => Promise<T>) =>
    actingAs(actor, () =>
      database.transaction(async (session) => {
        await lockProject(session, project);
        return work(session);
      }),
    );
  return {
    ...createStageReads(database),
    promote: (promotion) =>
      told(audit, promotion, () =>
        locked(promotion.actor, promotion.project, (session) => promote(session, gate, promotion)),
      ),
    rollBack: (at) => locked(at.actor, at.project, (session) => rollBack(session, at)),
    retire: (at) => locked(at.actor, at.project, (session) => moveOne(session, at, 'retired', 'retire')),
    judge: (at) =>
      locked(at.actor, at.project, async (session) => {
        if (at.to === 'candidate') await requirePass(session, at);
        return moveOne(session, at, at.to, 'judge');
      }),
  };
}

/** A refusal undoes its transaction, so it is recorded in one of its own. */
async function told(
  audit: AuditLog,
  { project, model, version, approval, actor }: Promotion,
  work: () => Promise<StageMove>,
): Promise<StageMove> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'PROMOTION_REFUSED') {
      const details = { approval, reason: error.message };
      const subject = `${model}@${version}`;
      await actingAs(actor, () => audit.append({ action: 'promotion.refused', project, subject, details }));
    }
    throw error;
  }
}

async function promote(session: Session, gate: PromotionGate, promotion: Promotion): Promise<StageMove> {
  const { project, model, version, approval, attestation, actor } = promotion;
  await readVersion(session, project, model, version);
  const { champion, previous } = await readLine(session, project, model);
  const last = await lastMove(session, promotion);
  if (champion === version && last?.approval === approval) return last;
  await holdPolicyOfAll(session);
  await requireSince(session, promotion, champion);
  const refusal = promotionRefusal(await readPromotionFacts(session, gate, promotion));
  if (refusal !== null) throw refused(promotion, refusal);
  const payloadSha256 = createHash('sha256').update(Buffer.from(attestation.payload, 'base64')).digest('hex');
  await session
    .insert(attestations)
    .values({ project, model, version, approval, envelope: attestation, payloadSha256 });
  const displaced = { project, model, actor, reason: `version ${version} became champion`, approval: null };
  if (previous !== undefined) {
    await move(session, { ...displaced, version: previous, from: 'previous', to: 'archived' });
  }
  if (champion !== undefined) {
    await move(session, { ...displaced, version: champion, from: 'champion', to: 'previous' });
  }
  await setLine(session, project, model, { champion: version, previous: champion });
  const reason = approval === null ? 'the policy passed, and asks no people' : `approved by ${approval}`;
  const step = {
    project,
    model,
    version,
    from: 'candidate',
    to: 'champion',
    actor,
    reason,
    approval,
  } as const;
  return move(session, step);
}

/** What changed since a champion that is none any more says nothing of what changes now. */
async function requireSince(
  session: Session,
  { project, model, version, hands }: Promotion,
  champion: number | undefined,
): Promise<void> {
  if (hands === null) return;
  const since = champion === undefined ? null : (await readVersion(session, project, model, champion)).commit;
  if (hands.since === since) return;
  throw new RatchetError(
    'CONFLICT',
    `the champion of ${project}/${model} moved while it was read who made version ${version}`,
    { project, model, version },
  );
}

/** The version that takes the place again keeps the approval that let it in. */
async function rollBack(
  session: Session,
  { project, model, reason, actor }: Parameters<ChampionStore['rollBack']>[0],
): Promise<StageMove> {
  const { champion, previous } = await readLine(session, project, model);
  if (champion === undefined || previous === undefined) {
    throw new RatchetError(
      'PROMOTION_REFUSED',
      `model ${project}/${model} has no version before its champion to go back to`,
      { project, model },
    );
  }
  const approval = await approvalOf(session, { project, model, version: previous });
  const step = { project, model, actor, reason };
  await move(session, { ...step, version: champion, from: 'champion', to: 'archived', approval: null });
  await setLine(session, project, model, { champion: previous, previous: undefined });
  return move(session, { ...step, version: previous, from: 'previous', to: 'champion', approval });
}

/** A move that changes nothing live. Where the version stands there already, it is the one that took it there. */
async function moveOne(
  session: Session,
  at: VersionName & { readonly reason: string; readonly actor: string },
  to: ModelStage,
  by: StageEvent,
): Promise<StageMove> {
  const { project, model, version, reason, actor } = at;
  await readVersion(session, project, model, version);
  const last = await lastMove(session, at);
  if (last?.to === to) return last;
  const from = await readStage(session, at);
  if (!mayMove(from, to, by)) {
    const what = `version ${version} of ${project}/${model}`;
    throw new RatchetError('CONFLICT', `${what} is ${from}, from where it does not become ${to}`, {
      project,
      model,
      version,
      stage: from,
    });
  }
  return move(session, { project, model, version, from, to, actor, reason, approval: null });
}

async function requirePass(session: Session, { project, model, version }: VersionName): Promise<void> {
  const verdict = await readVerdict(session, project, model, version);
  if (verdict?.verdict === 'pass') return;
  const said = verdict === undefined ? 'no policy has judged it' : `its policy says ${verdict.verdict}`;
  throw new RatchetError('CONFLICT', `version ${version} of ${project}/${model} is no candidate: ${said}`, {
    project,
    model,
    version,
  });
}

function refused({ project, model, version, approval }: Promotion, why: string): RatchetError {
  return new RatchetError(
    'PROMOTION_REFUSED',
    `version ${version} of ${project}/${model} does not become champion: ${why}`,
    { project, model, version, approval },
  );
}
