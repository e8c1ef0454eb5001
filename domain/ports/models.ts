import type { BlobRef } from './blobs.js';
import type { IsolationTier } from './launcher.js';

/** One tensor of a model's interface. `-1` is any size. */
export interface TensorSpec {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
}

export interface ModelInterface {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** A judgement of one model file on one dataset version, by the platform. */
export interface EvaluationRecord {
  readonly id: string;
  readonly runId: string;
  readonly modelDigest: string;
  readonly datasetDigest: string;
  /** Full evaluation, with curves and charts. */
  readonly report: BlobRef;
  /** Metrics of the test split that have a value. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly createdAt: string;
}

/** All that a version must have. The database refuses one that lacks any of it. */
export interface NewModelVersion {
  readonly project: string;
  readonly model: string;
  readonly runId: string;
  readonly algorithm: string;
  readonly commit: string;
  readonly configurationDigest: string;
  readonly environmentDigest: string;
  readonly isolationTier: IsolationTier;
  readonly dataset: { readonly name: string; readonly version: number };
  readonly features: readonly { readonly name: string; readonly version: number }[];
  readonly evaluationId: string;
  readonly file: BlobRef;
  readonly interface: ModelInterface;
  readonly card: BlobRef;
}

export interface ModelVersionRecord extends NewModelVersion {
  readonly version: number;
  readonly alias: string | null;
  readonly metrics: Readonly<Record<string, number>>;
  readonly createdAt: string;
}

export interface ModelRegistry {
  putEvaluation(evaluation: Omit<EvaluationRecord, 'createdAt'>): Promise<EvaluationRecord>;
  /** Counts one look at the test split of a dataset version by a model; returns how often it was looked at. Idempotent by evaluation. */
  countTestLook(project: string, model: string, datasetDigest: string, evaluationId: string): Promise<number>;
  /** One version a run: registering twice gives the same version. Error: `NOT_TRACEABLE`, naming what is missing. */
  register(version: NewModelVersion): Promise<ModelVersionRecord>;
  /** By version number or alias. Error: `MODEL_NOT_FOUND`. */
  get(project: string, model: string, versionOrAlias: string): Promise<ModelVersionRecord>;
  list(project?: string, model?: string): Promise<readonly ModelVersionRecord[]>;
  evaluation(id: string): Promise<EvaluationRecord>;
}
