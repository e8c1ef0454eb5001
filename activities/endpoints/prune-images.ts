import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import type { EngineAgent } from '../adapters/engine-agent/create-engine-agent.js';

export interface PruneDeps {
  readonly endpoints: Pick<EndpointStore, 'allWanted' | 'list' | 'revisions'>;
  readonly engine: EngineAgent;
  readonly releases: Pick<ReleaseStore, 'open'>;
}

/** What is live, and what one step back leads to. */
const keptImages = 2;
/** What a release has just built no revision names yet. */
const youngestMs = 24 * 60 * 60 * 1000;

/**
 * Has the agent remove the images that nobody goes back to: of every endpoint the newest two that it answered from stay,
 * and what is wanted of it. Nothing is removed while a release is open, or that is younger than a day. How many went.
 * Error: `PART_UNAVAILABLE` where no agent answers.
 */
export async function pruneImages(
  { endpoints, engine, releases }: PruneDeps,
  signal: AbortSignal,
): Promise<{ readonly removed: number }> {
  if ((await releases.open()).length > 0) return { removed: 0 };
  const keep = new Set<string>();
  for (const endpoint of await endpoints.list()) {
    if (endpoint.retiredAt !== null) continue;
    const ran = (await endpoints.revisions(endpoint)).flatMap(({ imageDigest }) => imageDigest ?? []);
    for (const digest of [...new Set(ran)].slice(0, keptImages)) keep.add(digest);
  }
  for (const { image } of await endpoints.allWanted()) if (image !== null) keep.add(image.digest);
  return engine.ask('pruneImages', { key: 'all', signal }, { keep: [...keep], youngestMs });
}
