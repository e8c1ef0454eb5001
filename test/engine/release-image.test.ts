import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgentTarget } from '../../activities/adapters/engine-agent/create-agent-target.js';
import type { EngineAgent } from '../../activities/adapters/engine-agent/create-engine-agent.js';
import { createEngineActivities, type EngineVerb } from '../../activities/engine/engine-activities.js';
import { proveImage } from '../../activities/serving/prove-image.js';
import type { ReleasePlan, SignImageInput } from '../../domain/lifecycle/release-serving.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';
import { createVerifier } from '../../trust/verifier.js';
import { openReleaseRoom, type ReleaseRoom } from '../activities/serving/release-room.js';
import { describeEngine, type EngineRoom, openEngineRoom, packageRoot } from './engine-room.js';
import { openTestSwarm, openTestTarget } from './test-target.js';

const advisories = join(packageRoot, 'examples/flight-delay/sample-advisories');
const policy = 'version: 1\ndatabase: { oldest: 9000 days }\n';
const quiet = new AbortController().signal;

let engineRoom: EngineRoom;
let room: ReleaseRoom;
const verbs: EngineVerb[] = [];

/** The activities of the agent, asked in this process; its store is the room's. */
function agentOf({ engine, root, base }: EngineRoom): EngineAgent {
  const stored = (ref: BlobRef, path: string) => room.blobs.fetchFile(ref, path);
  const activities = createEngineActivities({
    ...{
      engine,
      root,
      packageRoot,
      base: async () => base,
      target: openTestTarget(engineRoom),
      swarmTarget: openTestSwarm(engineRoom),
    },
    blobs: { fetchFile: stored, putFile: (path) => room.blobs.putFile(path) },
  });
  const ask = async (verb: EngineVerb, _: unknown, asked: unknown) => {
    verbs.push(verb);
    return new MockActivityEnvironment().run(activities[verb] as never, asked as never);
  };
  return { ask } as EngineAgent;
}

describeEngine('the image of a release on an engine', () => {
  beforeAll(async () => {
    engineRoom = await openEngineRoom(`test-release-${process.pid}`);
    await mkdir(join(engineRoom.root, 'store'));
    const files = { 'app/package.json': '{}', 'app/image-policy.yaml': policy };
    const engine = agentOf(engineRoom);
    room = await openReleaseRoom({ files, images: { advisories, engine } });
    await room.declare({ application: { path: 'app' }, target: 'docker' });
    await room.crown();
  });
  afterAll(async () => {
    await room.close();
    await engineRoom.leave();
  });

  it('is built, scanned, signed, proven and run, and no other image is run in its place', async () => {
    const input = await room.begin('a');
    const plan = await room.work('prepareRelease', input);
    const release = { ...input, plan, built: { bundle: null } };
    const made = await room.work('buildImage', release);
    const scanned = await room.work('scanImage', { ...release, made });
    const image = await room.work('signImage', { ...input, image: made.image, scanned } as SignImageInput);
    const steps = await room.stores.releases.steps('a');
    expect(steps.map(({ name, status }) => [name, status])).toEqual([
      ['prepare', 'succeeded'],
      ['image', 'succeeded'],
      ['scan', 'succeeded'],
    ]);
    expect(steps.at(-1)?.reason).toMatch(/^\d{2,} packages, 0 findings, 0 of them excepted: pass$/);

    const target = createAgentTarget({ engine: agentOf(engineRoom), proveImage: (wanted) => prove(wanted) });
    const wanted = await wantedOf(plan, image);
    const observed = await target.deploy(wanted, quiet);
    expect(observed).toMatchObject({ revision: 'a', replicas: [{ state: 'ready' }] });
    const answer = await fetch(`${observed.at?.http}/v2/health/ready`);
    expect(answer.status).toBe(200);

    verbs.length = 0;
    const other = { ...image, digest: `sha256:${'0'.repeat(64)}` };
    await expect(
      target.deploy({ ...wanted, revision: 'b', ordinal: 2, image: other }, quiet),
    ).rejects.toMatchObject({
      code: 'IMAGE_REFUSED',
      message: expect.stringContaining('it is about another image'),
    });
    expect(verbs).toEqual([]);
    await target.remove(wanted, quiet);
    expect((await target.observe(wanted)).replicas).toEqual([]);
  });
});

const prove = (wanted: WantedRevision) =>
  proveImage(
    {
      blobs: room.blobs,
      endpoints: room.stores.endpoints,
      signingKeys: {
        list: async () => [
          { ...room.pair, notBefore: '2020-01-01T00:00:00Z', notAfter: null, revokedAt: null },
        ],
      },
      verifier: createVerifier(),
    },
    wanted,
  );

/** Its model lies where the agent's target finds it. */
async function wantedOf({ wanted }: ReleasePlan, image: WantedRevision['image']): Promise<WantedRevision> {
  const [model] = wanted.models;
  const file = join(packageRoot, 'test/fixtures/tiny-model/training/model.onnx');
  await copyFile(file, join(engineRoom.root, 'store', model?.sha256 ?? ''));
  return { ...wanted, ordinal: 1, application: null, image };
}
