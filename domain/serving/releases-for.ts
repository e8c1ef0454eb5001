import type { EndpointRecord } from '../ports/endpoints.js';
import type { ReleaseRecord } from '../ports/releases.js';
import type { Cause } from '../ports/runs.js';

/** Why endpoints are released again, without a person who asks for it. */
export type ReleaseReason =
  /** A commit declares them, or declares them otherwise. */
  | { readonly kind: 'declared'; readonly commit: string; readonly cause: Cause }
  /** A push changed their serving code. */
  | {
      readonly kind: 'pushed';
      readonly from: string | null;
      readonly to: string;
      readonly endpoints: readonly string[];
      readonly cause: Cause;
    }
  /** A version of the model that they follow became champion, at a moment. */
  | {
      readonly kind: 'champion';
      readonly model: string;
      readonly version: number;
      readonly at: string;
      readonly by: string;
    }
  /** Something happened to the image that one of them runs. */
  | { readonly kind: 'image'; readonly endpoint: string; readonly key: string; readonly cause: Cause };

export type WantedRelease = Pick<ReleaseRecord, 'id' | 'project' | 'endpoint' | 'kind' | 'causes' | 'model'>;

/**
 * The releases that a reason asks for. Their ids are made of it: the same reason is the same releases, however often it is
 * looked at. A push that declares an endpoint otherwise releases it as declared, and not again.
 */
export function releasesFor(
  endpoints: readonly EndpointRecord[],
  reason: ReleaseReason,
): readonly WantedRelease[] {
  return endpoints
    .filter((endpoint) => endpoint.retiredAt === null && isMeant(endpoint, reason))
    .map(({ project, endpoint, model }) => ({
      id: `${project}.${endpoint}.${keyOf(reason)}`,
      ...{ project, endpoint, model, kind: 'deploy', causes: [causeOf(reason)] },
    }));
}

function isMeant({ endpoint, model, commit }: EndpointRecord, reason: ReleaseReason): boolean {
  switch (reason.kind) {
    case 'declared':
      return commit === reason.commit;
    case 'pushed':
      return reason.endpoints.includes(endpoint) && commit !== reason.to;
    case 'champion':
      return model === reason.model;
    case 'image':
      return endpoint === reason.endpoint;
  }
}

/** Beginnings of commits are enough beside the names of project and endpoint. */
const short = (commit: string | null) => commit?.slice(0, 12) ?? 'nothing';

function keyOf(reason: ReleaseReason): string {
  switch (reason.kind) {
    case 'declared':
      return `declared-${short(reason.commit)}`;
    case 'pushed':
      return `push-${short(reason.from)}-${short(reason.to)}`;
    case 'champion':
      return `champion-${reason.version}-${Date.parse(reason.at)}`;
    case 'image':
      return reason.key;
  }
}

function causeOf(reason: ReleaseReason): Cause {
  if (reason.kind !== 'champion') return reason.cause;
  const { by, at, version } = reason;
  return { kind: 'promotion', by, at, facts: { kind: 'promotion', version } };
}
