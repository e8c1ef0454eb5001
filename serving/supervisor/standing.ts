import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';

/** Whether a revision takes the place of the live one, or is it. Error: `CONFLICT` where the live one is newer. */
export function standing(
  { project, endpoint, revision, ordinal }: WantedRevision,
  live: { readonly wanted: WantedRevision } | null,
): 'newer' | 'same' {
  if (live === null) return 'newer';
  const { wanted } = live;
  if (ordinal >= wanted.ordinal && revision === wanted.revision) return 'same';
  if (ordinal > wanted.ordinal) return 'newer';
  throw new RatchetError(
    'CONFLICT',
    `revision ${revision} of ${project}/${endpoint} has the ordinal ${ordinal}, and ${wanted.revision} with ${wanted.ordinal} is there`,
    { revision, ordinal, live: wanted.revision, liveOrdinal: wanted.ordinal },
  );
}
