import { createProcessTarget } from '../activities/adapters/process-target/create-process-target.js';
import type { Targets } from '../activities/serving/deps.js';
import { blobKey } from '../db/blobs/keys.js';
import type { Config } from '../temporal.config.js';
import type { WorkerDeps } from './worker-deps.js';

/** Where this machine's serving worker brings revisions to life. */
export function servingTargets({ blobs }: WorkerDeps, config: Config): Targets {
  const { bucket } = config.blobs;
  return {
    process: createProcessTarget({
      dir: config.endpoints.dir,
      blobs,
      modelFile: ({ sha256, bytes }) => ({ uri: `s3://${bucket}/${blobKey(sha256)}`, sha256, bytes }),
    }),
  };
}
