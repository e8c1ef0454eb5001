import type { Metrics } from '../../domain/metrics/metric-value.js';
import type { OnnxInterface } from '../../domain/onnx/model-interface.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { blobOf, digestOf, manifestOf } from '../conformance/dataset-manifest.js';
import { viewConfig } from '../conformance/feature-store.js';
import type { GatewayRoom } from './gateway-room.js';
import { newRunId } from './gateway-room.js';

/** What one version has that another has not. */
interface Difference {
  /** A hex digit: of the model file, and of its dataset where there is no other of the letter. */
  readonly letter: string;
  readonly recall: number;
  readonly rows?: number;
  /** Default: the letter, forty times. */
  readonly commit?: string;
  /** Default: one that nobody stored. */
  readonly file?: BlobRef;
  /** Default: one float input, two probabilities. */
  readonly interface?: OnnxInterface;
  /** Of the dataset. */
  readonly manifest?: Partial<DatasetManifest>;
}

const seats: OnnxInterface = {
  inputs: [{ name: 'seats', type: 'float32', shape: [-1, 1] }],
  outputs: [{ name: 'probability', type: 'float32', shape: [-1, 2] }],
};

/** The next version of model `delay`, with a dataset and an evaluation in the bucket. */
export async function registerVersion(
  { deps }: GatewayRoom,
  project: string,
  {
    letter,
    recall,
    rows = 70,
    commit = letter.repeat(40),
    file = blobOf(letter),
    interface: shape = seats,
    manifest: changes = {},
  }: Difference,
): Promise<ModelVersionRecord> {
  const { features, datasets, registry, blobs, runs } = deps;
  await features.declare(project, viewConfig('planes'), digestOf('a'), 'c'.repeat(40));
  const vectors = await blobs.putBytes(new Uint8Array([1]));
  const planes = { name: 'planes', version: 1, digest: digestOf('a'), vectors, reused: false };
  const manifest = manifestOf(project, letter, {
    features: [planes],
    rows: { train: rows, validation: 20, test: 10 },
    ...changes,
  });
  const dataset = await datasets.publish(manifest, await blobs.putJson(manifest), null);
  const runId = newRunId();
  const causes = [{ kind: 'manual', by: 'anna', at: '2026-01-01T00:00:00.000Z' }] as const;
  await runs.create({ id: runId, project, model: 'delay', ref: 'main', variant: null, causes });
  const evaluationId = `evaluation-of-${runId}`;
  await registry.putEvaluation({
    id: evaluationId,
    runId,
    modelDigest: file.sha256,
    datasetDigest: digestOf(letter),
    report: await blobs.putJson(reportOf(recall)),
    metrics: { recall },
  });
  return registry.register({
    project,
    model: 'delay',
    runId,
    algorithm: 'LogisticRegression',
    commit,
    configurationDigest: digestOf('7'),
    environmentDigest: digestOf('8'),
    isolationTier: 'namespace',
    dataset: { name: 'flights', version: dataset.version },
    features: [{ name: 'planes', version: 1 }],
    evaluationId,
    file,
    interface: shape,
    card: await blobs.putJson({ card: { purpose: 'to plan gates' }, markdown: '# Delay' }),
  });
}

function reportOf(recall: number) {
  const metrics: Metrics = {
    recall: { kind: 'value', value: recall, n: 10 },
    rocAuc: { kind: 'undefined', reason: 'there is no row of the other class' },
  };
  const split = { rows: 10, unlabelled: 0, metrics, baseline: {} };
  const splits = { train: split, validation: split, test: split };
  const slices = [{ column: 'carrier', value: 'AA', rows: 5, metrics }];
  const evaluation = { task: 'classification', splits, slices, findings: [] };
  return { evaluation, gates: [], charts: [], testLooks: 1 };
}
