import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createDockerTarget,
  type DockerTarget,
} from '../../activities/adapters/docker-target/create-docker-target.js';
import type { DockerSetting } from '../../activities/adapters/docker-target/docker-setting.js';
import { createEngine } from '../../activities/adapters/engine/create-engine.js';
import { createSwarmTarget } from '../../activities/adapters/swarm-target/create-swarm-target.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { socketPath } from './engine-room.js';

export interface TestAgent {
  readonly root: string;
  readonly agent: string;
  readonly base: string;
}

/** A target as a process of the agent has it; its store is a folder of files by digest. */
export const openTestTarget = (given: TestAgent): DockerTarget => createDockerTarget(testSetting(given));

/** The same, of services. */
export const openTestSwarm = (given: TestAgent): DockerTarget =>
  createSwarmTarget({ ...testSetting(given), pace: testPace });

/** A test waits for what a swarm finds out. */
const testPace = { checkEveryMs: 1000, watchedMs: 1000 } as const;

export function testSetting({ root, agent, base }: TestAgent): DockerSetting {
  return {
    engine: createEngine({ socketPath, root, agent }),
    agent,
    root,
    base: async () => base,
    blobs: { fetchFile: ({ sha256 }, path) => copyFile(join(root, 'store', sha256), path) },
    modelFile: ({ sha256, bytes }) => ({ uri: `s3://store/blobs/${sha256}`, sha256, bytes }),
    secrets: {
      read: async (name) => {
        if (name === 'known') return 'the value';
        throw new RatchetError('SECRET_MISSING', `there is no secret ${name}`);
      },
    },
  };
}
