import type { EndpointName, WantedRevision } from '../../domain/ports/deployment-target.js';
import type { EndpointStore, RevisionRecord } from '../../domain/ports/endpoints.js';

/** The revision that answers, by the record; undefined where none does. */
export async function liveRevision(
  endpoints: Pick<EndpointStore, 'revisions'>,
  name: EndpointName,
): Promise<RevisionRecord | undefined> {
  return (await endpoints.revisions(name)).find(({ until }) => until === null);
}

/**
 * Writes down that a revision is wanted, as the newest of its endpoint, before anybody is told. Where it is wanted
 * already it keeps its ordinal. Error: `CONFLICT` where another is wanted meanwhile.
 */
export async function makeWanted(
  endpoints: Pick<EndpointStore, 'wanted' | 'nextOrdinal' | 'want'>,
  revision: Omit<WantedRevision, 'ordinal'>,
  releaseId: string,
): Promise<WantedRevision> {
  const before = await endpoints.wanted(revision);
  if (before?.revision === revision.revision) return before;
  const wanted = { ...revision, ordinal: await endpoints.nextOrdinal(revision) };
  await endpoints.want(wanted, releaseId);
  return wanted;
}
