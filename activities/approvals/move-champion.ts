import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { MoveChampionInput } from '../../domain/lifecycle/promote-model.js';
import type { Envelope } from '../../domain/signing/envelope.js';
import { handsIn } from './author-facts.js';
import type { PromotionDeps } from './deps.js';

/** Another promotion, or a step back, may come between the repository and the transaction, but not so often. */
const mostTries = 5;

/**
 * Makes a version champion. Who made it is read from the repository once more: the transaction holds it against the
 * votes. Errors: those of Git, `PROMOTION_REFUSED`.
 */
export async function moveChampion(
  deps: PromotionDeps,
  { attestation, ...at }: MoveChampionInput,
): Promise<void> {
  const [version, envelope] = await Promise.all([
    deps.registry.get(at.project, at.model, String(at.version)),
    deps.blobs.getJson(attestation) as Promise<Envelope>,
  ]);
  for (let tries = 1; ; tries += 1) {
    try {
      const hands = at.approval === null ? null : await handsIn(deps, version);
      await deps.champions.promote({ ...at, hands, attestation: envelope });
      return;
    } catch (error) {
      const moved = error instanceof RatchetError && error.code === 'CONFLICT';
      if (!moved || tries === mostTries) throw error;
    }
  }
}
