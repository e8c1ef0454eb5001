import type { EndpointName } from '../ports/deployment-target.js';
import type { Cause } from '../ports/runs.js';

/** Why an image that is live is to be built again. */
export const imageEventNames = ['base-image', 'advisories'] as const;
export type ImageEventName = (typeof imageEventNames)[number];

/** Something that happened to an image that is live, without anybody changing it. */
export interface ImageEvent extends EndpointName {
  readonly name: ImageEventName;
  /** What it is, so that the same thing is one event however often it is found: it stands in the id of the release. */
  readonly key: string;
  /** For people: the base that is new, or what is refused. */
  readonly about: string;
  /** When it was found. */
  readonly at: string;
}

/** What a look at all that is live came to. */
export interface WatchedImages {
  /** Images that are live. */
  readonly live: number;
  /** Of these, those that were scanned again. */
  readonly scanned: number;
  /** Endpoints that could not be looked at yet. */
  readonly failed: number;
  readonly events: readonly ImageEvent[];
}

const longestAbout = 150;

/** As the cause of a release. */
export function causeOfImageEvent({ name, about, at }: ImageEvent): Cause {
  const id = about.length > longestAbout ? `${about.slice(0, longestAbout)}...` : about;
  return { kind: 'event', at, facts: { kind: 'event', name, source: 'watch-images', id, payload: null } };
}
