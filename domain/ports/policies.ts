import type { PolicyConfig } from '../config/policy.js';
import type { PolicyVerdict } from '../policy/policy-verdict.js';
import type { SubjectDigests } from '../signing/vote-statement.js';
import type { BlobRef } from './blobs.js';

/** A policy that is in force: of the whole organisation (`model` null and `project` null) or of one model. */
export interface PolicyRecord {
  readonly project: string | null;
  readonly model: string | null;
  /** SHA-256 of the canonical JSON of `policy`. */
  readonly digest: string;
  readonly policy: PolicyConfig;
  readonly commit: string;
  readonly inForceSince: string;
}

/** A policy's answer about one version, with the facts it was asked about. */
export interface PolicyVerdictRecord extends PolicyVerdict {
  readonly id: string;
  readonly project: string;
  readonly model: string;
  readonly version: number;
  /** Of exactly what was judged; an approval is about the same. */
  readonly digests: SubjectDigests;
  readonly facts: BlobRef;
  readonly createdAt: string;
}

export interface PolicyStore {
  /** Puts a policy in force; the same one again changes nothing. Null takes it out of force. */
  putInForce(
    at: { readonly project: string | null; readonly model: string | null; readonly commit: string },
    policy: PolicyConfig | null,
  ): Promise<void>;
  inForce(project: string | null, model: string | null): Promise<PolicyRecord | undefined>;
  listInForce(project: string): Promise<readonly PolicyRecord[]>;
  /** Idempotent by id. */
  putVerdict(verdict: Omit<PolicyVerdictRecord, 'createdAt'>): Promise<PolicyVerdictRecord>;
  /** The newest of a version. */
  verdict(project: string, model: string, version: number): Promise<PolicyVerdictRecord | undefined>;
}
