import type { EndpointLook, LookAtEndpointInput } from '../../domain/lifecycle/look-at-endpoint.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Targets } from '../serving/deps.js';
import { targetOf } from '../serving/target-of.js';

export interface LookDeps {
  readonly blobs: Pick<BlobStore, 'putJson'>;
  readonly endpoints: Pick<EndpointStore, 'get'>;
  readonly targets: Targets;
}

const longestLine = 4000;

/**
 * What the target of an endpoint says of it. Lines of its log go where blobs are, and not into a history. Errors:
 * `ENDPOINT_NOT_FOUND`, `PART_MISSING` where no worker here has its target, `PART_UNAVAILABLE`.
 */
export async function lookAtEndpoint(
  { blobs, endpoints, targets }: LookDeps,
  { project, endpoint, logLines }: LookAtEndpointInput,
): Promise<EndpointLook> {
  const name = { project, endpoint };
  const { config } = await endpoints.get(name);
  const target = targetOf(targets, config.target);
  const [observed, lines] = await Promise.all([
    target.observe(name),
    logLines === null ? null : target.logs(name, logLines),
  ]);
  const log = lines && (await blobs.putJson(lines.map((line) => line.slice(0, longestLine))));
  return { observed, log };
}
