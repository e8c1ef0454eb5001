import type { VersionHands } from '../approvals/author-set.js';
import type { Envelope } from '../signing/envelope.js';
import type { ModelVersionRecord } from './models.js';

/** Where a version stands. `champion` and `previous` are also its aliases. */
export const modelStages = [
  'registered',
  'candidate',
  'champion',
  'previous',
  'archived',
  'refused',
  'retired',
] as const;
export type ModelStage = (typeof modelStages)[number];

/** A version took, lost or was refused a place. */
export interface StageMove {
  readonly project: string;
  readonly model: string;
  readonly version: number;
  readonly from: ModelStage;
  readonly to: ModelStage;
  readonly actor: string;
  readonly reason: string;
  /** The approval that let it in; null for moves that need none. */
  readonly approval: string | null;
  readonly at: string;
}

/** What was live at a moment, and why. */
export interface LiveAnswer {
  readonly version: ModelVersionRecord;
  readonly since: string;
  readonly until: string | null;
  readonly replaced: number | null;
  readonly approval: string | null;
  readonly by: string;
}

/** The one place where `champion` moves. It believes nobody: what a promotion stands on is verified again in its transaction. */
export interface ChampionStore {
  /**
   * Alias, stages and audit row in one transaction, through the lifecycle table. Verifies again: the policy verdict of
   * exactly these digests, and where the policy asks people, every envelope, signature, role, delegation, author set
   * and quorum. Idempotent where the version is champion by the same approval. Errors: `PROMOTION_REFUSED` with the
   * reason, `CONFLICT` where `hands` begin at another commit than that of the champion.
   */
  promote(promotion: {
    readonly project: string;
    readonly model: string;
    readonly version: number;
    readonly approval: string | null;
    /** Who made it by its repository, read just before; null without an approval. */
    readonly hands: VersionHands | null;
    readonly attestation: Envelope;
    readonly actor: string;
  }): Promise<StageMove>;
  /** The version before becomes champion again, in one step. Error: `PROMOTION_REFUSED` where there is none. */
  rollBack(at: {
    readonly project: string;
    readonly model: string;
    readonly reason: string;
    readonly actor: string;
  }): Promise<StageMove>;
  /** Error: `CONFLICT` for one that is live. */
  retire(at: {
    readonly project: string;
    readonly model: string;
    readonly version: number;
    readonly reason: string;
    readonly actor: string;
  }): Promise<StageMove>;
  /** Registered to candidate or refused, by the verdict of its policy. */
  judge(at: {
    readonly project: string;
    readonly model: string;
    readonly version: number;
    readonly to: 'candidate' | 'refused';
    readonly reason: string;
    readonly actor: string;
  }): Promise<StageMove>;
  stage(project: string, model: string, version: number): Promise<ModelStage>;
  champion(project: string, model: string): Promise<ModelVersionRecord | undefined>;
  /** Newest first. */
  history(project: string, model: string): Promise<readonly StageMove[]>;
  /** Undefined where nothing was live. */
  liveAt(project: string, model: string, at: string): Promise<LiveAnswer | undefined>;
}
