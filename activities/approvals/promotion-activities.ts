import type {
  MoveChampionInput,
  MovedChampion,
  PromoteModelInput,
  PromotionOpening,
  SignAttestationInput,
} from '../../domain/lifecycle/promote-model.js';
import { workflowIds } from '../../domain/names.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { PromotionDeps } from './deps.js';
import { moveChampion } from './move-champion.js';
import { openPromotion } from './open-promotion.js';
import { signAttestation } from './sign-attestation.js';

/** Newer versions that are told at most that one before them has come to its end. */
const mostInLine = 20;

/** What a promotion does to the world. */
export function createPromotionActivities(deps: PromotionDeps) {
  return {
    async openPromotion(input: PromoteModelInput): Promise<PromotionOpening> {
      return withHeartbeats(() => openPromotion(deps, input));
    },
    async signAttestation(input: SignAttestationInput): Promise<BlobRef> {
      return withHeartbeats(() => signAttestation(deps, input));
    },
    /** In one transaction, which verifies all of it again. Undefined in histories from before there were endpoints. */
    async moveChampion(input: MoveChampionInput): Promise<MovedChampion | undefined> {
      return withHeartbeats(() => moveChampion(deps, input));
    },
    /** Workflows of newer candidates of the model, next first. */
    async nextInLine({ project, model, version }: PromoteModelInput): Promise<readonly string[]> {
      return withHeartbeats(() => nextInLine(deps, project, model, version));
    },
  };
}
export type PromotionActivities = ReturnType<typeof createPromotionActivities>;

async function nextInLine(
  { registry, champions }: PromotionDeps,
  project: string,
  model: string,
  version: number,
): Promise<readonly string[]> {
  const newer = (await registry.list(project, model))
    .map((row) => row.version)
    .filter((other) => other > version)
    .sort((a, b) => a - b)
    .slice(0, mostInLine);
  const stages = await Promise.all(newer.map((other) => champions.stage(project, model, other)));
  return newer
    .filter((_, at) => stages[at] === 'candidate')
    .map((other) => workflowIds.promoteModel(project, model, other));
}
