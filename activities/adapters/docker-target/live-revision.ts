import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { EngineContainer } from '../../../domain/ports/engine.js';
import type { EndpointPlace } from './endpoint-place.js';
import { keep, readKept } from './kept-json.js';

/** The revision that answers: replaced in one step, it is what decides. No secret is in it. */
export interface LiveRevision {
  readonly wanted: WantedRevision;
  /** Names by which the door finds the replicas in their network. */
  readonly backends: readonly string[];
}

/** Null where none answers. */
export const readLive = (place: EndpointPlace) => readKept<LiveRevision>(place.liveFile);

/** Makes these replicas the ones that the door leads to. */
export async function makeLive(
  place: EndpointPlace,
  wanted: WantedRevision,
  replicas: readonly EngineContainer[],
): Promise<void> {
  // By its short id a container is found, whatever address it has after it was started again.
  const live: LiveRevision = { wanted, backends: replicas.map(({ id }) => id.slice(0, 12)) };
  const before = await readLive(place);
  if (JSON.stringify(before) !== JSON.stringify(live)) await keep(place.liveFile, live);
}

/** Whether a revision is the live one, or takes its place. Error: `CONFLICT` where the live one is newer. */
export function standing(wanted: WantedRevision, live: LiveRevision | null): 'same' | 'newer' {
  if (live === null || live.wanted.ordinal < wanted.ordinal) return 'newer';
  const { revision, ordinal } = live.wanted;
  if (revision === wanted.revision) return 'same';
  throw new RatchetError(
    'CONFLICT',
    `revision ${wanted.revision} has the ordinal ${wanted.ordinal}, and ${revision} with ${ordinal} is there`,
    { revision: wanted.revision, live: revision },
  );
}
