import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { FeatureStore } from '../../domain/ports/features.js';
import type { ModelRegistry, NewModelVersion } from '../../domain/ports/models.js';
import type { RunStore } from '../../domain/ports/runs.js';
import { blobOf, digestOf, manifestOf } from './dataset-manifest.js';
import { viewConfig } from './feature-store.js';
import { newRun } from './run-store-subject.js';

/** Stores of one place, and a known project without models. */
export interface ModelRegistrySubject {
  readonly registry: ModelRegistry;
  readonly datasets: DatasetStore;
  readonly features: FeatureStore;
  readonly runs: RunStore;
  readonly project: string;
}

/** A dataset version with one feature view, for versions to be made of. */
export async function prepareDataset({ datasets, features, project }: ModelRegistrySubject): Promise<void> {
  await features.declare(project, viewConfig('planes'), digestOf('a'), 'c'.repeat(40));
  const planes = { name: 'planes', version: 1, digest: digestOf('a'), vectors: blobOf('5'), reused: false };
  await datasets.publish(manifestOf(project, 'd', { features: [planes] }), blobOf('d'), null);
}

/** A run with an evaluation, and the version it would register: nothing is missing. */
export async function prepareVersion(
  subject: ModelRegistrySubject,
  id: string,
  model = 'delay',
): Promise<NewModelVersion> {
  const { registry, runs, project } = subject;
  const { run } = await runs.create(newRun(project, id, model));
  const evaluationId = `evaluation-of-${run.id}`;
  const file = blobOf('e');
  await registry.putEvaluation({
    id: evaluationId,
    runId: run.id,
    modelDigest: file.sha256,
    datasetDigest: digestOf('d'),
    report: blobOf('6'),
    metrics: { auc: 0.75 },
  });
  return {
    project,
    model,
    runId: run.id,
    algorithm: 'LogisticRegression',
    commit: 'c'.repeat(40),
    configurationDigest: digestOf('7'),
    environmentDigest: digestOf('8'),
    isolationTier: 'namespace',
    dataset: { name: 'flights', version: 1 },
    features: [{ name: 'planes', version: 1 }],
    evaluationId,
    file,
    interface: {
      inputs: [{ name: 'seats', type: 'float32', shape: [-1, 1] }],
      outputs: [{ name: 'probability', type: 'float32', shape: [-1, 2] }],
    },
    card: blobOf('9'),
  };
}
