import type { WorkflowStartOptions } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { EngineAgent } from '../../../activities/adapters/engine-agent/create-engine-agent.js';
import type { PolicyDeps } from '../../../activities/policy/deps.js';
import { createBuildActivities } from '../../../activities/serving/build-activities.js';
import { createDeployActivities } from '../../../activities/serving/deploy-activities.js';
import type { BuildDeps, DeployDeps, ReleaseDeps } from '../../../activities/serving/deps.js';
import { createReleaseActivities } from '../../../activities/serving/release-activities.js';
import { StepInterceptor } from '../../../activities/steps/step-interceptor.js';
import { type EndpointConfig, endpointSchema } from '../../../domain/config/serving.js';
import type { BuiltApplication, ReleasePlan } from '../../../domain/lifecycle/release-serving.js';
import type { Notice } from '../../../domain/ports/outbox.js';
import type { ReleaseKind } from '../../../domain/ports/releases.js';
import { forkHost } from '../../../inference/host-connection.js';
import { generateKeyPair } from '../../../trust/keys.js';
import { createLocalSigner } from '../../../trust/local-signer.js';
import { inspectArchive } from '../../../workers/images/inspect-archive.js';
import type { MemoryTree } from '../../fakes/memory-git.js';
import { commit, openPolicyRoom, project } from '../policy/policy-room.js';
import { MemoryTarget } from './memory-target.js';

const noEngine: EngineAgent = { ask: () => Promise.reject(new Error('there is no engine')) as never };

export const endpoint = 'live';
export const at = { http: 'http://127.0.0.1:1', grpc: '127.0.0.1:2', metrics: 'http://127.0.0.1:1/metrics' };

const rows = {
  train: { from: 0, count: 40 },
  validation: { from: 40, count: 150 },
  test: { from: 190, count: 20 },
};

interface Options {
  /** Where the endpoint answers. */
  readonly http?: string;
  /** Files of the repository at its commit. */
  readonly files?: MemoryTree;
  /** Parts of which the real ones are wanted. */
  readonly changes?: Partial<Pick<PolicyDeps, 'environments' | 'launcher' | 'workDir'>>;
  /** What images are built by and held against; without it there is no engine. */
  readonly images?: Pick<BuildDeps, 'advisories' | 'engine'> & Partial<Pick<BuildDeps, 'imageRegistry'>>;
}

/** The tiny model with versions that can be made champion, one endpoint, and the activities of its releases, in memory. */
export async function openReleaseRoom({ http = at.http, files = {}, changes = {}, images }: Options = {}) {
  const room = await openPolicyRoom(files, changes);
  const { stores } = room;
  const told: Notice[] = [];
  /** Ids of the workflows asked for, in order. */
  const started: string[] = [];
  const pair = generateKeyPair();
  const target = new MemoryTarget('process', { ...at, http });
  const shared = {
    ...room.deps,
    ...stores,
    champions: { champion: async () => room.live.record, stage: async () => 'archived' as const },
  };
  const deployDeps: DeployDeps = { ...shared, takeHost: forkHost, targets: { process: target } };
  const releaseDeps: ReleaseDeps = {
    ...shared,
    client: {
      workflow: {
        start: async (_: string, { workflowId }: WorkflowStartOptions) => started.push(workflowId),
      },
    } as never,
    hasEngine: images !== undefined,
    lines: stores.modelLines,
    refs: stores.trackedRefs,
    signer: createLocalSigner(pair.privateKey),
    tell: async (notice) => void told.push(notice),
  };
  const activities = Object.assign(
    createReleaseActivities(releaseDeps),
    createBuildActivities({
      ...{ ...shared, advisories: null, engine: noEngine, imageRegistry: null },
      ...{ inspectImage: inspectArchive, takeHost: forkHost },
      ...images,
    }),
    createDeployActivities(deployDeps),
  );
  type Activities = typeof activities;
  const ledgers = { runs: stores.runs, releases: stores.releases };

  /** Does an activity as a worker does, in its step. */
  async function work<N extends keyof Activities>(
    name: N,
    ...input: Parameters<Activities[N]>
  ): Promise<Awaited<ReturnType<Activities[N]>>> {
    const env = new MockActivityEnvironment(
      { activityType: name, attempt: 1 },
      {
        interceptors: [() => ({ inbound: new StepInterceptor(ledgers, 'w') })],
        logger: new DefaultLogger('ERROR'),
      },
    );
    return (await env.run(activities[name] as never, ...(input as never[]))) as never;
  }

  let versions = 0;
  /** A new version of the model, which is champion. */
  async function crown(): Promise<number> {
    versions += 1;
    const { version } = await room.register(`r${versions}`, { rows, dataset: versions });
    room.live.record = await stores.registry.get(project, 'tiny', String(version));
    return version;
  }
  const declare = (config: Partial<EndpointConfig> = {}) =>
    stores.endpoints.declare(
      project,
      commit,
      [{ model: 'tiny', endpoint, config: { ...endpointSchema.parse({}), ...config } }],
      'git',
    );
  async function begin(id: string, kind: ReleaseKind = 'deploy') {
    const facts = { kind: 'push', ref: 'main', commit, before: null, author: 'A', subject: 's' } as never;
    const causes = [{ kind: 'push', at: '2026-01-01T00:00:00.000Z', facts }] as const;
    await stores.releases.create({ id, project, endpoint, kind, causes });
    return { project, endpoint, releaseId: id, round: 0 };
  }
  /** A release from its turn to its record, but for what is built. */
  async function ship(
    id: string,
    kind?: ReleaseKind,
    built: BuiltApplication = { bundle: null },
  ): Promise<ReleasePlan> {
    const input = await begin(id, kind);
    await work('takeReleaseTurn', input);
    const plan = await work('prepareRelease', input);
    const parts = plan.kept ?? { application: built.bundle, image: null };
    const deployed = await work('deployRevision', { ...input, plan, parts });
    await work('recordRevision', { ...input, plan, deployed });
    await work('closeRelease', { ...input, status: 'succeeded', reason: null });
    return plan;
  }
  return { ...room, told, started, target, pair, work, crown, declare, begin, ship };
}
export type ReleaseRoom = Awaited<ReturnType<typeof openReleaseRoom>>;
