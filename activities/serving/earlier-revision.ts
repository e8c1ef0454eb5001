import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import type { EndpointRecord, RevisionRecord } from '../../domain/ports/endpoints.js';
import type { ReleaseDeps } from './deps.js';

/**
 * The revision that one step back leads to: the newest that was live with another model, code or image than what is live.
 * Error: `CONFLICT` where there is none, or where its model version is retired.
 */
export async function earlierRevision(
  { champions, endpoints }: Pick<ReleaseDeps, 'champions' | 'endpoints'>,
  { project, endpoint, model }: EndpointRecord,
): Promise<RevisionRecord> {
  const revisions = await endpoints.revisions({ project, endpoint });
  const live = revisions.find(({ until }) => until === null);
  const earlier = live && revisions.find(({ wanted }) => contentOf(wanted) !== contentOf(live.wanted));
  if (earlier === undefined) {
    throw new RatchetError(
      'CONFLICT',
      `endpoint ${project}/${endpoint} has no other revision to go back to; ${live ? 'what is live is the only one' : 'nothing is live'}`,
    );
  }
  if ((await champions.stage(project, model, earlier.modelVersion)) !== 'retired') return earlier;
  throw new RatchetError(
    'CONFLICT',
    `revision ${earlier.revision} serves version ${earlier.modelVersion} of ${project}/${model}, which is retired`,
  );
}

/** What answers: settings, such as the number of replicas, are no part of it. */
function contentOf({ models, application, image }: WantedRevision): string {
  const files = models.map(({ model, version, sha256 }) => [model, version, sha256]);
  return JSON.stringify([files, application?.sha256 ?? null, image?.digest ?? null]);
}
