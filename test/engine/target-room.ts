import { createHash, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockerTarget } from '../../activities/adapters/docker-target/create-docker-target.js';
import { stageImageContext } from '../../activities/engine/image-context.js';
import type { ObservedEndpoint, WantedRevision } from '../../domain/ports/deployment-target.js';
import { addsTo } from '../serving/small-models.js';
import { type EngineRoom, openEngineRoom, packageRoot } from './engine-room.js';
import { openTestTarget, type TestAgent } from './test-target.js';

/** A target with its agent, and revisions to bring to life. */
export interface TargetRoom extends EngineRoom {
  readonly target: DockerTarget;
  /** As a new process of the agent would have it. */
  openTarget(): DockerTarget;
  /** A name that no endpoint had before; every revision after it is of that endpoint. */
  nextEndpoint(): void;
  wanted(ordinal: number, adds: number, more?: Partial<WantedRevision>): Promise<WantedRevision>;
  /** One whose host says why and ends. */
  broken(ordinal: number): Promise<WantedRevision>;
  /** SIGKILL to one replica, as the kernel sends it. */
  crash(observed: ObservedEndpoint): Promise<void>;
}

export async function openTargetRoom(
  agent: string,
  open: (given: TestAgent) => DockerTarget = openTestTarget,
): Promise<TargetRoom> {
  const room = await openEngineRoom(agent);
  const store = join(room.root, 'store');
  await mkdir(store);
  const image = await buildServingImage(room);
  const brokenImage = await buildBrokenImage(room);
  const openTarget = () => open(room);
  let endpoint = '';
  async function wanted(
    ordinal: number,
    adds: number,
    more: Partial<WantedRevision> = {},
  ): Promise<WantedRevision> {
    const file = addsTo(adds);
    const sha256 = createHash('sha256').update(file).digest('hex');
    await writeFile(join(store, sha256), file);
    return {
      project: 'tiny',
      endpoint,
      revision: randomUUID(),
      ordinal,
      models: [
        { project: 'tiny', model: 'adds', version: ordinal, sha256, bytes: file.length, alias: 'champion' },
      ],
      defaultModel: null,
      application: null,
      image: { digest: image, repository: null },
      replicas: 1,
      resources: { cpus: 1, memoryMiB: 512 },
      limits: { timeoutMs: 10_000, mostBatchRows: 256, mostQueuedRows: 1000, mostBodyBytes: 1024 ** 2 },
      health: { readyWithinMs: 60_000, drainMs: 2000 },
      environment: {},
      ...more,
    };
  }
  return {
    ...room,
    target: openTarget(),
    openTarget,
    nextEndpoint: () => {
      endpoint = `e-${randomUUID().slice(0, 8)}`;
    },
    wanted,
    broken: (ordinal) => wanted(ordinal, 1, { image: { digest: brokenImage, repository: null } }),
    crash: async ({ replicas }) => {
      const { State } = await room.docker.getContainer(replicas[0]?.id ?? '').inspect();
      process.kill(State.Pid, 'SIGKILL');
    },
  };
}

async function buildServingImage({ engine, root, base }: EngineRoom): Promise<string> {
  const folder = join(root, 'serving-image');
  await mkdir(folder);
  const recipe = await stageImageContext(folder, { packageRoot, application: null });
  const built = await engine.build({ folder, recipe: { ...recipe, base }, labels: {}, run: 'test' });
  return built.id;
}

async function buildBrokenImage({ engine, root, base }: EngineRoom): Promise<string> {
  const folder = join(root, 'broken-image');
  await mkdir(folder);
  await writeFile(join(folder, 'main.cjs'), 'console.error("it cannot start"); process.exit(3);');
  const recipe = {
    base,
    parts: ['main.cjs'],
    env: {},
    ports: [8000],
    command: ['/usr/bin/node', '/app/main.cjs'],
    healthCheck: ['/usr/bin/node', '--version'],
  };
  return (await engine.build({ folder, recipe, labels: {}, run: 'test' })).id;
}
