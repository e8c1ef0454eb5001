import type { BlobRef } from '../ports/blobs.js';
import type {
  EndpointName,
  ImageRef,
  ObservedEndpoint,
  TargetKind,
  WantedRevision,
} from '../ports/deployment-target.js';
import type { ReleaseKind } from '../ports/releases.js';
import type { EndedStatus } from './run-ending.js';

/** One release of one endpoint, whose row is there. */
export interface ReleaseServingInput extends EndpointName {
  readonly releaseId: string;
  readonly round: number;
}

export interface ReleaseServingResult {
  readonly status: EndedStatus;
  readonly reason: string | null;
  /** Set where it became live. */
  readonly revision: string | null;
}

/** What a release does, decided once. */
export interface ReleasePlan {
  readonly kind: ReleaseKind;
  readonly model: string;
  readonly modelVersion: number;
  /** The serving code; null for the stock application, and for a release that builds nothing. */
  readonly application: {
    readonly repo: string;
    readonly commit: string;
    readonly path: string;
    /** Digest of what the build depends on: equal ones are one build. */
    readonly treeId: string;
  } | null;
  /** Of the serving code that answers in the end, built by this release or before; null for the stock application. */
  readonly applicationCommit: string | null;
  readonly target: TargetKind;
  /** Everything but application and image, and the ordinal, which it gets when it is wanted. */
  readonly wanted: Omit<WantedRevision, 'application' | 'image' | 'ordinal'>;
  /** What a release that builds nothing takes over from an earlier revision. */
  readonly kept: Pick<WantedRevision, 'application' | 'image'> | null;
  readonly image: 'where-possible' | 'required';
  /** Whether there is an engine that builds images; absent: there is none. */
  readonly hasEngine?: boolean;
  /** Rows with which the answers of the revision are compared with the platform's own. */
  readonly samples: {
    readonly dataset: { readonly name: string; readonly version: number };
    /** Columns that the model reads, in its order. */
    readonly inputs: readonly string[];
  };
}

/** What a release may do, decided from rows. */
export type ReleaseTurn = {
  /** Workflows of releases that ended by it, or that may go on, to be woken. */
  readonly wakes: readonly string[];
} & (
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly for: string }
  /** It ended before it began. */
  | { readonly kind: 'over'; readonly status: EndedStatus; readonly reason: string | null }
);

/** What each step is given: the release, and what the steps before it found out. */
export type PlannedRelease = ReleaseServingInput & { readonly plan: ReleasePlan };
export type BuiltRelease = PlannedRelease & { readonly built: BuiltApplication };
export type DeployRevisionInput = PlannedRelease & {
  readonly parts: Pick<WantedRevision, 'application' | 'image'>;
};
export type LiveRevision = PlannedRelease & { readonly deployed: DeployedRevision };

/** Steps that have nothing to do in some releases that build. */
export type SkippableStep = 'test' | 'image' | 'scan';

const whySkipped: Readonly<Record<SkippableStep, (plan: ReleasePlan) => string | null>> = {
  test: ({ application }) => (application === null ? 'the stock application has no code of its own' : null),
  image: ({ image, hasEngine }) =>
    hasEngine || image === 'required' ? null : 'no engine is configured, so that no image is built',
  scan: ({ hasEngine }) => (hasEngine ? null : 'there is no image'),
};

/** Why a step has nothing to do in a release that builds; null where it has. */
export function skipReason(step: SkippableStep, plan: ReleasePlan): string | null {
  return whySkipped[step](plan);
}

/** Serving code that passed its own tests, built and bundled. */
export interface BuiltApplication {
  /** Null for the stock application. */
  readonly bundle: BlobRef | null;
}

/** An image that the engine has, and on which it was built. */
export interface BuiltServingImage {
  readonly image: ImageRef;
  /** Digest of its configuration, where it was pushed, so that `image` has that of its manifest. */
  readonly configuration?: string;
  /** By digest. */
  readonly base: string;
}
export type BuiltImageRelease = BuiltRelease & { readonly made: BuiltServingImage };

/** What a scan that passed leaves behind. */
export interface ScannedImage {
  /** A list of statements that are to be signed. */
  readonly statements: BlobRef;
  /** The bill of materials, byte for byte. */
  readonly materials: BlobRef;
  /** Verdict, reasons and findings. */
  readonly scan: BlobRef;
}

export interface SignImageInput extends EndpointName {
  readonly releaseId: string;
  readonly image: ImageRef;
  /** As of `BuiltServingImage`. */
  readonly configuration?: string;
  readonly scanned: ScannedImage;
}

export interface DeployedRevision {
  readonly wanted: WantedRevision;
  readonly observed: ObservedEndpoint;
}
