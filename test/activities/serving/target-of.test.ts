import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { targetsWith } from '../../../activities/serving/target-of.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type {
  DeploymentTarget,
  TargetKind,
  WantedRevision,
} from '../../../domain/ports/deployment-target.js';
import { MemoryTarget } from './memory-target.js';
import { at } from './release-room.js';

const name = { project: 'tiny', endpoint: 'live' };
const env = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });

/** Its agent does not answer. */
class SilentTarget extends MemoryTarget {
  override observe(): Promise<never> {
    return Promise.reject(new RatchetError('PART_UNAVAILABLE', 'no engine agent takes it up'));
  }
}

let process: MemoryTarget;
beforeEach(async () => {
  process = new MemoryTarget('process', at);
  await process.deploy({ ...name, revision: 'a', ordinal: 1, replicas: 1 } as WantedRevision);
});

describe('targets that have something of an endpoint', () => {
  const found = async (own?: TargetKind) => {
    const targets = { process, docker: new SilentTarget('docker', at) };
    const look = (): Promise<readonly DeploymentTarget[]> => targetsWith(targets, name, own);
    const running = (await env.run(look)) as readonly DeploymentTarget[];
    return running.map(({ kind }) => kind);
  };

  it('are found where the agent of another target is away', async () => {
    expect(await found('process')).toEqual(['process']);
  });

  it('are not known where the agent of its own is away, or where it has none of its own', async () => {
    await expect(found('docker')).rejects.toMatchObject({ code: 'PART_UNAVAILABLE' });
    await expect(found()).rejects.toMatchObject({ code: 'PART_UNAVAILABLE' });
  });
});
