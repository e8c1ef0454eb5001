import { endpointSchema } from '../../domain/config/serving.js';
import type { EndpointName, WantedRevision } from '../../domain/ports/deployment-target.js';
import type { EndpointStore, RevisionRecord } from '../../domain/ports/endpoints.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import { type ModelRegistrySubject, prepareDataset, prepareVersion } from './model-registry-subject.js';

/** Stores of one place, and a known project without endpoints. */
export interface ServingSubject extends ModelRegistrySubject {
  readonly endpoints: EndpointStore;
  readonly releases: ReleaseStore;
}

export type MakeServing = () => Promise<ServingSubject>;

export const declaringCommit = 'c'.repeat(40);
const manual = [{ kind: 'manual', by: 'ann', at: '2024-05-01T00:00:00.000Z' }] as const;
const at = { http: 'http://127.0.0.1:1', grpc: '127.0.0.1:2', metrics: 'http://127.0.0.1:3/metrics' };

/** An endpoint as Git declares it. */
export function declared(endpoint: string, config: Record<string, unknown> = {}, model = 'delay') {
  return { endpoint, model, config: endpointSchema.parse(config) };
}

/** A release of an endpoint; its id is that of no other project. */
export function newRelease({ project, endpoint }: EndpointName, id: string) {
  return { id: `${project}-${id}`, project, endpoint, kind: 'deploy', causes: manual } as const;
}

export function wantedOf(name: EndpointName, ordinal: number, revision = `r${ordinal}`): WantedRevision {
  const { replicas, resources } = endpointSchema.parse({});
  const limits = { timeoutMs: 1000, mostBatchRows: 1, mostQueuedRows: 1, mostBodyBytes: 1 };
  const model = { project: name.project, model: 'delay', version: 1, sha256: 'e'.repeat(64), bytes: 1 };
  return {
    ...{ project: name.project, endpoint: name.endpoint, revision, ordinal, replicas, resources, limits },
    models: [{ ...model, alias: 'champion' }],
    ...{ defaultModel: 'delay', application: null, image: null, environment: {} },
    health: { readyWithinMs: 1000, drainMs: 1000 },
  };
}

/** A revision that answers from a second of one minute on. */
export function liveOf(
  wanted: WantedRevision,
  releaseId: string,
  second: number,
): Omit<RevisionRecord, 'until'> {
  const { project, endpoint, revision, ordinal } = wanted;
  return {
    ...{ project, endpoint, revision, ordinal, releaseId, wanted, at },
    ...{ applicationCommit: null, modelVersion: 1, modelDigest: 'e'.repeat(64), imageDigest: null },
    from: moment(second),
  };
}

export function moment(second: number): string {
  return new Date(Date.UTC(2024, 4, 1, 12, 0, second)).toISOString();
}

/** An endpoint of a registered model, and a release of it. */
export async function withEndpoint(subject: ServingSubject, endpoint = 'flights') {
  const { endpoints, releases, registry, project } = subject;
  await prepareDataset(subject);
  await registry.register(await prepareVersion(subject, 'served'));
  await endpoints.declare(project, declaringCommit, [declared(endpoint)], 'ann');
  const name = { project, endpoint };
  const { release } = await releases.create(newRelease(name, 'first'));
  return { name, release };
}
