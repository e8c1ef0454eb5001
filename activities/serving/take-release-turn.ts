import type { ReleaseServingInput, ReleaseTurn } from '../../domain/lifecycle/release-serving.js';
import type { EndedStatus } from '../../domain/lifecycle/run-ending.js';
import type { RunStatus } from '../../domain/names.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import type { ReleaseDeps } from './deps.js';
import { openReleasesOf, releaseWorkflow } from './open-releases.js';

const ends: readonly RunStatus[] = ['succeeded', 'refused', 'failed', 'cancelled'];

/** Whether the release may go on. Those whose place it took are over, and are to hear of it. */
export async function takeReleaseTurn(
  { releases }: Pick<ReleaseDeps, 'releases'>,
  input: ReleaseServingInput,
): Promise<ReleaseTurn> {
  const over = await overBefore(releases, input.releaseId);
  if (over !== null) return over;
  const before = await openReleasesOf(releases, input);
  const other = await releases.takeTurn(input.releaseId).catch((error: unknown) => error);
  if (typeof other !== 'string' && other !== null) {
    // A newer one may have taken its place just now.
    const overNow = await overBefore(releases, input.releaseId);
    if (overNow !== null) return overNow;
    throw other;
  }
  const after = new Set((await openReleasesOf(releases, input)).map(({ id }) => id));
  const wakes = before.filter(({ id }) => !after.has(id)).map(releaseWorkflow);
  return other === null ? { kind: 'go', wakes } : { kind: 'wait', for: other, wakes };
}

async function overBefore(
  releases: ReleaseStore,
  id: string,
): Promise<Extract<ReleaseTurn, { kind: 'over' }> | null> {
  const { status, reason } = await releases.get(id);
  return isEnd(status) ? { kind: 'over', status, reason, wakes: [] } : null;
}

function isEnd(status: RunStatus): status is EndedStatus {
  return ends.includes(status);
}
