import type { ApprovalRequest, ApprovalStatus } from '../approvals/approval.js';
import type { BlobRef } from '../ports/blobs.js';
import type { ReleaseServingInput } from './release-serving.js';

/** Brings one model version to champion, by programs alone or by people too. */
export interface PromoteModelInput {
  readonly project: string;
  readonly model: string;
  readonly version: number;
  /** `run/<id>` or an account. */
  readonly requestedBy: string;
}

export interface PromoteModelResult {
  /** The end of an approval that did not approve is the end of the promotion too. */
  readonly status:
    | 'promoted'
    | 'refused'
    | 'failed'
    | 'cancelled'
    | Exclude<ApprovalStatus, 'open' | 'approved'>;
  readonly reason: string | null;
  readonly approval: string | null;
}

/** How a promotion begins, decided from rows. */
export type PromotionOpening =
  | {
      readonly kind: 'ask';
      readonly approval: string;
      readonly request: ApprovalRequest;
      /** Approvals of older versions that ended by it, to be woken. */
      readonly ends: readonly string[];
    }
  /** People said yes before, to exactly these digests. */
  | { readonly kind: 'approved'; readonly approval: string }
  /** The policy asks nobody. */
  | { readonly kind: 'programs-alone' }
  | { readonly kind: 'wait'; readonly for: number }
  | {
      readonly kind: 'over';
      readonly status: 'promoted' | 'refused' | 'superseded';
      readonly reason: string;
    };

export interface SignAttestationInput {
  readonly project: string;
  readonly model: string;
  readonly version: number;
  readonly approval: string | null;
}

export interface MoveChampionInput extends SignAttestationInput {
  readonly attestation: BlobRef;
  readonly actor: string;
}

export interface MovedChampion {
  /** Releases of the endpoints that follow the model. */
  readonly releases: readonly ReleaseServingInput[];
}
