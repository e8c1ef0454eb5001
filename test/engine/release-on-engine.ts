import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { EngineAgent } from '../../activities/adapters/engine-agent/create-engine-agent.js';
import { createEngineActivities, type EngineVerb } from '../../activities/engine/engine-activities.js';
import { proveImage } from '../../activities/serving/prove-image.js';
import type { ReleasePlan, SignImageInput } from '../../domain/lifecycle/release-serving.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { ImageRef, WantedRevision } from '../../domain/ports/deployment-target.js';
import { createVerifier } from '../../trust/verifier.js';
import { openReleaseRoom } from '../activities/serving/release-room.js';
import { openEngineRoom, packageRoot } from './engine-room.js';
import { openTestSwarm, openTestTarget } from './test-target.js';

export const advisories = join(packageRoot, 'examples/flight-delay/sample-advisories');
const policy = 'version: 1\ndatabase: { oldest: 9000 days }\n';

/** Releases whose images a real engine builds, and whose agent is asked in this process. */
export async function openReleaseOnEngine(agent: string, imageRegistry: string | null = null) {
  const engineRoom = await openEngineRoom(agent);
  await mkdir(join(engineRoom.root, 'store'));
  const verbs: EngineVerb[] = [];
  const { engine, root, base } = engineRoom;
  const activities = createEngineActivities({
    ...{ engine, root, packageRoot },
    ...{ target: openTestTarget(engineRoom), swarmTarget: openTestSwarm(engineRoom) },
    ...{ base: async () => base, renewBase: async () => base },
    blobs: {
      fetchFile: (ref: BlobRef, path: string) => room.blobs.fetchFile(ref, path),
      stageFile: (key, path) => room.blobs.stageFile(key, path),
    },
  });
  const ask = async (verb: EngineVerb, _: unknown, asked: unknown) => {
    verbs.push(verb);
    return new MockActivityEnvironment().run(activities[verb] as never, asked as never);
  };
  const engineAgent = { ask } as EngineAgent;
  const files = { 'app/package.json': '{}', 'app/image-policy.yaml': policy };
  const room = await openReleaseRoom({ files, images: { advisories, engine: engineAgent, imageRegistry } });
  await room.declare({ application: { path: 'app' }, target: 'docker' });
  await room.crown();

  /** A release from its preparation to the signed image. */
  async function makeImage(id: string): Promise<{ readonly plan: ReleasePlan; readonly image: ImageRef }> {
    const input = await room.begin(id);
    const plan = await room.work('prepareRelease', input);
    const release = { ...input, plan, built: { bundle: null } };
    const made = await room.work('buildImage', release);
    const scanned = await room.work('scanImage', { ...release, made });
    const { image, configuration } = made;
    const signing = { ...input, image, scanned, ...(configuration !== undefined && { configuration }) };
    return { plan, image: await room.work('signImage', signing as SignImageInput) };
  }

  /** Its model lies where the agent's target finds it. */
  async function wantedOf({ wanted }: ReleasePlan, image: ImageRef): Promise<WantedRevision> {
    const [model] = wanted.models;
    const file = join(packageRoot, 'test/fixtures/tiny-model/training/model.onnx');
    await copyFile(file, join(root, 'store', model?.sha256 ?? ''));
    return { ...wanted, ordinal: 1, application: null, image };
  }

  const keys = [{ ...room.pair, notBefore: '2020-01-01T00:00:00Z', notAfter: null, revokedAt: null }];
  const prove = (wanted: WantedRevision) =>
    proveImage(
      {
        ...{ blobs: room.blobs, endpoints: room.stores.endpoints, verifier: createVerifier() },
        signingKeys: { list: async () => keys },
      },
      wanted,
    );
  async function close(): Promise<void> {
    await room.close();
    await engineRoom.leave();
  }
  return { ...{ room, engineRoom, engineAgent, verbs, makeImage, wantedOf, prove, close } };
}
export type ReleaseOnEngine = Awaited<ReturnType<typeof openReleaseOnEngine>>;
