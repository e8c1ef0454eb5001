import type { TrainedConfig } from '../config/model.js';
import type { EvaluationReport } from '../lineage/evaluation-report.js';
import type { Metrics } from '../metrics/metric-value.js';
import type { BlobRef } from '../ports/blobs.js';
import type { DatasetManifest } from '../ports/datasets.js';
import type { IsolationTier } from '../ports/launcher.js';

export interface CardFacts {
  readonly project: string;
  readonly runId: string;
  readonly commit: string;
  readonly configurationDigest: string;
  readonly environmentDigest: string;
  readonly isolationTier: IsolationTier;
  readonly datasetVersion: number;
  readonly configuration: TrainedConfig;
  readonly manifest: DatasetManifest;
  readonly file: BlobRef;
  readonly report: EvaluationReport;
}

/** What a reader must know before using a model version. Generated from its lineage, never written by hand. */
export interface ModelCard {
  readonly model: string;
  readonly project: string;
  readonly description: string;
  readonly algorithm: string;
  readonly task: string;
  readonly purpose: TrainedConfig['purpose'];
  readonly data: {
    readonly dataset: string;
    readonly version: number;
    readonly digest: string;
    readonly rows: DatasetManifest['rows'];
    readonly quarantined: number;
    readonly sources: readonly { readonly table: string; readonly source: string; readonly rows: number }[];
    readonly features: readonly string[];
    readonly checks: readonly string[];
  };
  readonly threshold: number | null;
  /** How the threshold came about; null without one. */
  readonly thresholdRule: string | null;
  readonly metrics: Readonly<Record<'train' | 'validation' | 'test', Metrics>>;
  readonly baseline: Metrics;
  readonly slices: EvaluationReport['evaluation']['slices'];
  readonly gates: EvaluationReport['gates'];
  readonly limits: readonly string[];
  readonly testLooks: number;
  readonly lineage: Readonly<
    Record<'run' | 'commit' | 'configuration' | 'environment' | 'isolation' | 'file', string>
  >;
}

export function modelCard(facts: CardFacts): ModelCard {
  const { configuration, manifest, report } = facts;
  const { evaluation } = report;
  return {
    model: configuration.model,
    project: facts.project,
    description: configuration.description,
    algorithm: configuration.training.algorithm,
    task: evaluation.task,
    purpose: configuration.purpose,
    data: {
      dataset: manifest.name,
      version: facts.datasetVersion,
      digest: manifest.digest,
      rows: manifest.rows,
      quarantined: manifest.quarantined.reduce((sum, { rows }) => sum + rows, 0),
      sources: manifest.sources.map(({ table, source, rows }) => ({ table, source, rows })),
      features: manifest.features.map(({ name, version }) => `${name} (version ${version})`),
      checks: manifest.checks.map(({ name, verdict, text }) => `${name}: ${verdict}: ${text}`),
    },
    threshold: evaluation.threshold ?? null,
    thresholdRule: evaluation.threshold === undefined ? null : thresholdRule(evaluation),
    metrics: {
      train: evaluation.splits.train.metrics,
      validation: evaluation.splits.validation.metrics,
      test: evaluation.splits.test.metrics,
    },
    baseline: evaluation.splits.test.baseline,
    slices: evaluation.slices,
    gates: report.gates,
    limits: limitsOf(facts),
    testLooks: report.testLooks,
    lineage: {
      run: facts.runId,
      commit: facts.commit,
      configuration: facts.configurationDigest,
      environment: facts.environmentDigest,
      isolation: facts.isolationTier,
      file: facts.file.sha256,
    },
  };
}

/** What the numbers do not carry, in sentences. */
function limitsOf({ configuration, isolationTier, manifest, report }: CardFacts): readonly string[] {
  const { waive } = configuration.evaluation.parity;
  const isWaived = configuration.dataset.recompute.cuts === 0;
  const open = manifest.checks.filter(
    ({ name, verdict }) => verdict !== 'pass' && !(isWaived && name === 'recompute'),
  );
  return [
    ...report.evaluation.findings.map(({ text }) => text),
    ...(waive === undefined ? [] : [`The parity gate was waived: ${waive}`]),
    ...(isWaived ? ['The check that no feature looks ahead was waived.'] : []),
    ...open.map(({ name, verdict, text }) => `The check ${name} of the dataset is ${verdict}: ${text}`),
    ...(isolationTier === 'none'
      ? ['The training code ran without isolation: the secrecy of the test split is not promised.']
      : []),
    ...(report.testLooks > 1
      ? [
          `The test split was looked at ${report.testLooks} times; its numbers flatter a model chosen by them.`,
        ]
      : []),
  ];
}

function thresholdRule({ task, findings }: EvaluationReport['evaluation']): string {
  if (task === 'anomaly') return 'the 95th percentile of the scores on train';
  return findings.some(({ kind }) => kind === 'threshold')
    ? 'not tuned, see the limits'
    : 'tuned on validation';
}
