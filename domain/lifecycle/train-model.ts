import type { Queue } from '../names.js';
import type { BlobRef } from '../ports/blobs.js';
import type { IsolationTier } from '../ports/launcher.js';

/** Starts one training of one model. `round` counts resumes; the run id stays. */
export interface TrainModelInput {
  readonly project: string;
  readonly model: string;
  readonly runId: string;
  readonly round: number;
}

export interface TrainModelResult {
  readonly status: 'succeeded' | 'refused' | 'failed' | 'cancelled';
  readonly reason: string | null;
  /** Number of the model version, also of one that its policy refused; absent where none was registered. */
  readonly version?: number;
}

/** What a run does, decided once from one commit. Small: everything large lies behind `configuration`. */
export interface RunPlan {
  readonly repo: string;
  readonly commit: string;
  readonly modelPath: string;
  /** The model's configuration as it was read, with the variant filled in. */
  readonly configuration: BlobRef;
  readonly dataset: DatasetChoice;
  readonly queue: Queue;
  readonly capacityDeadlineMs: number | null;
  readonly trainingDeadlineMs: number;
  /** Branch of experiments that it is of: then no version is registered. */
  readonly experiment?: string | null;
  /** Whether new data is a cause of the run, so that its dataset moves watermarks. */
  readonly hasNewData?: boolean;
  /** Digests that training and evaluation depend on, by part. */
  readonly inputs: Readonly<Record<'code' | 'training' | 'environment' | 'evaluation' | 'purpose', string>>;
}

export interface DatasetChoice {
  readonly name: string;
  readonly key: string;
  /** Digest of what the sources hold, and the same by table. */
  readonly fingerprint: string;
  readonly fingerprints: Readonly<Record<string, string>>;
  /** The version that is there already, or null where it has to be made. */
  readonly hit: DatasetVersionRef | null;
}

export interface DatasetVersionRef {
  readonly name: string;
  readonly version: number;
  readonly digest: string;
}

/** Files that a training left in staging. */
export interface TrainedCandidate {
  readonly model: BlobRef;
  readonly predictions: BlobRef | null;
  readonly notes: BlobRef | null;
  readonly tier: IsolationTier;
  readonly attempts: number;
}

export interface JudgedCandidate {
  readonly evaluationId: string;
  readonly metrics: Readonly<Record<string, number>>;
}

/** What each step is given: the run, and what the steps before it found out. */
export type TrainCandidateInput = TrainModelInput & {
  readonly plan: RunPlan;
  readonly dataset: DatasetVersionRef;
};
export type EvaluateCandidateInput = TrainCandidateInput & { readonly candidate: TrainedCandidate };
export type RegisterCandidateInput = EvaluateCandidateInput & {
  readonly judged: JudgedCandidate;
  /** Whether the version is judged next, which then ends the run; absent in stories that began before policies. */
  readonly isJudgedNext?: boolean;
};
export type FreezeReferenceInput = TrainModelInput & { readonly version: number };
export type JudgeVersionInput = RegisterCandidateInput & { readonly version: number };

/** A version that its policy let pass. One that it did not is an error of the code `POLICY_REFUSED`. */
export interface JudgedVersion {
  readonly version: number;
  readonly verdictId: string;
  /** Of the merged policy. */
  readonly policyDigest: string;
  /** Whether a policy is in force: without one nothing becomes champion. */
  readonly isPromotable: boolean;
}
