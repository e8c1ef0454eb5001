import type { BlobRef } from '../ports/blobs.js';
import type { EndpointName, ObservedEndpoint, WantedRevision } from '../ports/deployment-target.js';
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
  /** Everything but application and image. */
  readonly wanted: Omit<WantedRevision, 'application' | 'image'>;
  /** What a release that builds nothing takes over from an earlier revision. */
  readonly kept: Pick<WantedRevision, 'application' | 'image'> | null;
  readonly image: 'where-possible' | 'required';
}

/** Serving code that passed its own tests, built and bundled. */
export interface BuiltApplication {
  /** Null for the stock application. */
  readonly bundle: BlobRef | null;
}

export interface DeployedRevision {
  readonly wanted: WantedRevision;
  readonly observed: ObservedEndpoint;
}
