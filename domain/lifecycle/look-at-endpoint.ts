import type { BlobRef } from '../ports/blobs.js';
import type { EndpointName, ObservedEndpoint } from '../ports/deployment-target.js';

export interface LookAtEndpointInput extends EndpointName {
  /** How many of the newest lines of its log are wanted too; null for none. */
  readonly logLines: number | null;
}

/** What the target of an endpoint says of it at this moment. */
export interface EndpointLook {
  readonly observed: ObservedEndpoint;
  /** Lines as JSON, an array of text, oldest first; null where none were asked for. */
  readonly log: BlobRef | null;
}
