import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { MoveChampionInput, MovedChampion } from '../../domain/lifecycle/promote-model.js';
import type { ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import type { StageMove } from '../../domain/ports/champions.js';
import type { Envelope } from '../../domain/signing/envelope.js';
import { openReleases } from '../endpoints/open-releases.js';
import { handsIn } from './author-facts.js';
import type { PromotionDeps } from './deps.js';

/** Another promotion, or a step back, may come between the repository and the transaction, but not so often. */
const mostTries = 5;

/**
 * Makes a version champion. Who made it is read from the repository once more: the transaction holds it against the
 * votes. The endpoints that follow the model are released again. Errors: those of Git, `PROMOTION_REFUSED`.
 */
export async function moveChampion(
  deps: PromotionDeps,
  { attestation, ...at }: MoveChampionInput,
): Promise<MovedChampion> {
  const [version, envelope] = await Promise.all([
    deps.registry.get(at.project, at.model, String(at.version)),
    deps.blobs.getJson(attestation) as Promise<Envelope>,
  ]);
  for (let tries = 1; ; tries += 1) {
    try {
      const hands = at.approval === null ? null : await handsIn(deps, version);
      const move = await deps.champions.promote({ ...at, hands, attestation: envelope });
      return { releases: await releasesOf(deps, move) };
    } catch (error) {
      const moved = error instanceof RatchetError && error.code === 'CONFLICT';
      if (!moved || tries === mostTries) throw error;
    }
  }
}

/** The same however often the move is asked for: it happened once, at one moment. */
function releasesOf(
  deps: PromotionDeps,
  { project, model, version, at, actor: by }: StageMove,
): Promise<readonly ReleaseServingInput[]> {
  return openReleases(deps, project, { kind: 'champion', model, version, at, by });
}
