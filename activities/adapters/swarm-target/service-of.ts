import { usualPace, type WantedService } from '../../../domain/engine/service-spec.js';
import type { WantedRevision } from '../../../domain/ports/deployment-target.js';
import type { DockerSetting } from '../docker-target/docker-setting.js';
import type { EndpointPlace } from '../docker-target/endpoint-place.js';
import { replicaSpec } from '../docker-target/replica-spec.js';
import { lastWordsMs } from '../docker-target/replicas.js';
import { requireNode } from './require-node.js';

/**
 * Ready is asked until it was ready once, alive from then on: a replica that is at work with all that it can do is not
 * ended for it. Without the client of the image's own check, which takes longer to load than to ask.
 */
const healthProgram = `
const { existsSync, writeFileSync } = require('node:fs');
const { get } = require('node:http');
const seen = '/tmp/.was-ready';
const isSeen = existsSync(seen);
const path = isSeen ? '/v2/health/live' : '/v2/health/ready';
const end = (isWell) => {
  if (isWell && !isSeen) writeFileSync(seen, '');
  process.exit(isWell ? 0 : 1);
};
get({ host: '127.0.0.1', port: 8000, path, timeout: 5000 }, ({ statusCode }) => end(statusCode === 200))
  .on('timeout', () => end(false))
  .on('error', () => end(false));
`;

/** The service of a revision. Errors: those of `replicaSpec`, `PART_UNAVAILABLE` without a swarm, `IMAGE_NOT_FOUND`. */
export async function serviceOf(
  { engine, secrets, pace = usualPace }: DockerSetting,
  place: EndpointPlace,
  wanted: WantedRevision,
): Promise<WantedService> {
  const { image, labels, env, reads, scratch, limits } = await replicaSpec(wanted, place, secrets);
  // A swarm would try again and again to run what is not there.
  await engine.image(image);
  return {
    image,
    labels,
    env,
    reads,
    scratch,
    limits,
    network: place.network,
    node: await requireNode(engine),
    replicas: wanted.replicas,
    healthCheck: ['/usr/bin/node', '-e', healthProgram],
    readyWithinMs: wanted.health.readyWithinMs,
    drainMs: wanted.health.drainMs + lastWordsMs,
    pace,
  };
}
