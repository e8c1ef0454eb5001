import { type Client, WorkflowFailedError } from '@temporalio/client';
import { createDatasetActivities } from '../../activities/datasets/dataset-activities.js';
import { createEvaluationActivities } from '../../activities/evaluation/evaluation-activities.js';
import { createBlobActivities } from '../../activities/platform/blob-activities.js';
import type { PolicyDeps } from '../../activities/policy/deps.js';
import { createPolicyActivities } from '../../activities/policy/policy-activities.js';
import { createRegistryActivities } from '../../activities/registry/registry-activities.js';
import { createRunActivities } from '../../activities/runs/run-activities.js';
import { createDevicePool } from '../../activities/training/device-pool.js';
import { createTrainingActivities } from '../../activities/training/training-activities.js';
import type { BlobKeeper, BlobNames } from '../../domain/ports/blobs.js';
import type { Environments } from '../../domain/ports/environments.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import type { Sources } from '../../domain/ports/sources.js';
import { fakeDatasetStages } from './fake-dataset-stages.js';
import { fakeJudge } from './fake-judge.js';
import { type AttemptFaults, withFaults } from './faults.js';
import type { World } from './world.js';

const environments: Environments = {
  digest: async () => 'e'.repeat(64),
  prepare: async () => ({ digest: 'e'.repeat(64), readOnly: [], env: {} }),
};

/** No policy is in force in a soak, and every version becomes a candidate. */
const gates: Pick<PolicyDeps, 'champions' | 'policies'> = {
  policies: {
    inForce: async () => undefined,
    putVerdict: async (verdict) => ({ ...verdict, createdAt: new Date(0).toISOString() }),
  },
  champions: {
    champion: async () => undefined,
    judge: async ({ actor, model, project, reason, to, version }) => ({
      ...{ actor, model, project, reason, to, version },
      from: 'registered',
      approval: null,
      at: new Date(0).toISOString(),
    }),
  },
};

/**
 * The activities of a run as a worker has them: the real ones, over ports with the faults of one attempt. Played are
 * the programs that they start: the training command, DuckDB and the model's process.
 */
export function createActivities(world: World, faults: AttemptFaults) {
  const ports = {
    blobs: withFaults(world.blobs, 'blobs', faults),
    datasets: withFaults(world.stores.datasets, 'datasets', faults),
    features: withFaults(world.stores.features, 'features', faults),
    projects: withFaults(world.stores.projects, 'projects', faults),
    registry: withFaults(world.stores.registry, 'registry', faults),
    runs: withFaults(world.stores.runs, 'runs', faults),
    git: withFaults(world.git, 'git', faults),
    environments: withFaults(environments, 'environments', faults, { isLocal: true }),
    launcher: withFaults(world.launcher, 'launcher', faults, { isLocal: true }),
  };
  const deps = {
    ...ports,
    ...gates,
    client: clientOf(world),
    secrets: absent<Secrets>('secrets'),
    sources: absent<Sources>('sources'),
    keeper: absent<BlobKeeper>('keeper'),
    names: absent<BlobNames>('names'),
    unusedMs: 0,
    takeHost: () => {
      throw new Error('a soak runs no model');
    },
    devices: createDevicePool([]),
    workDir: world.workDir,
  };
  return {
    runs: ports.runs,
    activities: Object.assign(
      Object.assign(createRunActivities(deps), createRegistryActivities(deps), createBlobActivities(deps)),
      Object.assign(createDatasetActivities(deps), fakeDatasetStages(deps, world.files)),
      createTrainingActivities(deps),
      Object.assign(createEvaluationActivities(deps, fakeJudge), createPolicyActivities(deps)),
    ),
  };
}

export type Activities = ReturnType<typeof createActivities>['activities'];

/** Of Temporal the activities only ask how a dataset of another run ended. */
function clientOf(world: World): Client {
  const result = (workflowId: string) =>
    Promise.resolve(world.children.get(workflowId)).catch((cause: unknown) => {
      throw new WorkflowFailedError(
        'ended',
        cause instanceof Error ? cause : undefined,
        'NON_RETRYABLE_FAILURE',
      );
    });
  const getHandle = (workflowId: string) => ({ result: () => result(workflowId) });
  return { workflow: { getHandle } } as unknown as Client;
}

function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get: () => () => {
      throw new Error(`a soak has no ${name}`);
    },
  });
}
