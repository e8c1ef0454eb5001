import { createAgentTarget } from '../activities/adapters/engine-agent/create-agent-target.js';
import type { EngineAgent } from '../activities/adapters/engine-agent/create-engine-agent.js';
import { createProcessTarget } from '../activities/adapters/process-target/create-process-target.js';
import type { Targets } from '../activities/serving/deps.js';
import { proveImage } from '../activities/serving/prove-image.js';
import { blobKey } from '../db/blobs/keys.js';
import type { WantedRevision } from '../domain/ports/deployment-target.js';
import type { Config } from '../temporal.config.js';
import { createVerifier } from '../trust/verifier.js';
import type { WorkerDeps } from './worker-deps.js';

/** Where this machine's serving worker brings revisions to life: containers only where there is an engine. */
export function servingTargets(deps: WorkerDeps, config: Config, engine: EngineAgent): Targets {
  const { blobs } = deps;
  const { bucket } = config.blobs;
  const proof = { ...deps, verifier: createVerifier() };
  const agent = { engine, proveImage: (wanted: WantedRevision) => proveImage(proof, wanted) };
  return {
    process: createProcessTarget({
      dir: config.endpoints.dir,
      blobs,
      modelFile: ({ sha256, bytes }) => ({ uri: `s3://${bucket}/${blobKey(sha256)}`, sha256, bytes }),
    }),
    ...(config.engine.socket === undefined
      ? {}
      : { docker: createAgentTarget(agent), swarm: createAgentTarget(agent, 'swarm') }),
  };
}
