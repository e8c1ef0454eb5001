import { actingAs } from '../../../db/acting.js';
import type { PromotionGate } from '../../../db/promotion-facts.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { mayMove, type StageEvent } from '../../../domain/lifecycle/model-stages.js';
import { promotionRefusal } from '../../../domain/lifecycle/promotion-refusal.js';
import type { AuditLog } from '../../../domain/ports/audit.js';
import type { ChampionStore, ModelStage, StageMove } from '../../../domain/ports/champions.js';
import { readMemoryFacts } from './memory-promotion-facts.js';
import { type MemoryState, now } from './memory-state.js';

interface Named {
  readonly project: string;
  readonly model: string;
  readonly version: number;
}

export function createMemoryChampions(
  state: MemoryState,
  gate: PromotionGate,
  audit: AuditLog,
): ChampionStore {
  const line = memoryLine(state);
  return {
    async promote(promotion) {
      const { project, model, version, approval, actor } = promotion;
      line.requireVersion(promotion);
      const [champion, previous] = [line.at(promotion, 'champion'), line.at(promotion, 'previous')];
      const last = line.last(promotion);
      if (last && champion === version && last.approval === approval) return last;
      const since =
        champion === undefined ? null : line.requireVersion({ ...promotion, version: champion }).commit;
      if (promotion.hands !== null && promotion.hands.since !== since) {
        throw new RatchetError('CONFLICT', `the champion of ${project}/${model} moved`);
      }
      const why = promotionRefusal(readMemoryFacts(state, gate, promotion, line.stage(promotion)));
      if (why !== null) {
        const details = { approval, reason: why };
        const told = { action: 'promotion.refused', project, subject: `${model}@${version}`, details };
        await actingAs(actor, () => audit.append(told));
        throw new RatchetError('PROMOTION_REFUSED', `version ${version} does not become champion: ${why}`);
      }
      const reason = `version ${version} became champion`;
      const displaced = { project, model, actor, reason, approval: null };
      if (previous !== undefined) line.move({ ...displaced, version: previous }, 'archived');
      if (champion !== undefined) line.move({ ...displaced, version: champion }, 'previous');
      const by = approval === null ? 'the policy passed, and asks no people' : `approved by ${approval}`;
      return line.move({ ...displaced, version, approval, reason: by }, 'champion');
    },
    async rollBack({ project, model, reason, actor }) {
      const named = { project, model, version: 0 };
      const [champion, previous] = [line.at(named, 'champion'), line.at(named, 'previous')];
      if (champion === undefined || previous === undefined) {
        throw new RatchetError('PROMOTION_REFUSED', `model ${project}/${model} has no version to go back to`);
      }
      const before = state.moves.findLast(
        (one) => isOf(one, named) && one.version === previous && one.to === 'champion',
      );
      const step = { project, model, actor, reason };
      line.move({ ...step, version: champion, approval: null }, 'archived');
      return line.move({ ...step, version: previous, approval: before?.approval ?? null }, 'champion');
    },
    retire: async (at) => line.moveOne(at, 'retired', 'retire'),
    async judge(at) {
      const verdict = state.policyVerdicts.findLast((one) => isOf(one, at) && one.version === at.version);
      line.requireVersion(at);
      if (at.to === 'candidate' && verdict?.verdict !== 'pass') {
        throw new RatchetError(
          'CONFLICT',
          `version ${at.version} is no candidate: its policy has not passed`,
        );
      }
      return line.moveOne(at, at.to, 'judge');
    },
    async stage(project, model, version) {
      line.requireVersion({ project, model, version });
      return line.stage({ project, model, version });
    },
    async champion(project, model) {
      const version = line.at({ project, model, version: 0 }, 'champion');
      return version === undefined ? undefined : line.requireVersion({ project, model, version });
    },
    history: async (project, model) => state.moves.filter((one) => isOf(one, { project, model })).reverse(),
    async liveAt(project, model, at) {
      const moves = state.moves.filter((one) => isOf(one, { project, model }) && one.to === 'champion');
      const index = moves.findLastIndex((one) => one.at <= at);
      const found = moves[index];
      if (!found) return undefined;
      return {
        version: line.requireVersion(found),
        since: found.at,
        until: moves[index + 1]?.at ?? null,
        replaced: moves[index - 1]?.version ?? null,
        approval: found.approval,
        by: found.actor,
      };
    },
  };
}

const isOf = (one: Omit<Named, 'version'>, { project, model }: Omit<Named, 'version'>) =>
  one.project === project && one.model === model;

/** The moves of a place, and where they have led. */
function memoryLine(state: MemoryState) {
  const last = (named: Named) =>
    state.moves.findLast((one) => isOf(one, named) && one.version === named.version);
  const stage = (named: Named): ModelStage => last(named)?.to ?? 'registered';
  const at = (named: Named, wanted: ModelStage) =>
    state.versions.find((one) => isOf(one, named) && stage(one) === wanted)?.version;
  const requireVersion = (named: Named) => {
    const found = state.versions.find((one) => isOf(one, named) && one.version === named.version);
    if (!found) throw new RatchetError('MODEL_NOT_FOUND', `there is no version ${named.version}`);
    const now = stage(named);
    return { ...found, alias: now === 'champion' || now === 'previous' ? now : null };
  };
  const move = (step: Omit<StageMove, 'from' | 'to' | 'at'>, to: ModelStage): StageMove => {
    const made = { ...step, from: stage(step), to, at: now() };
    state.moves.push(made);
    return made;
  };
  const moveOne = (
    { project, model, version, reason, actor }: Named & Pick<StageMove, 'reason' | 'actor'>,
    to: ModelStage,
    by: StageEvent,
  ): StageMove => {
    const named = { project, model, version };
    requireVersion(named);
    const before = last(named);
    if (before?.to === to) return before;
    if (mayMove(stage(named), to, by)) return move({ ...named, reason, actor, approval: null }, to);
    throw new RatchetError('CONFLICT', `version ${version} is ${stage(named)} and does not become ${to}`);
  };
  return { last, stage, at, requireVersion, move, moveOne };
}
