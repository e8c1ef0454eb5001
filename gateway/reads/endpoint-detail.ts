import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { EndpointRecord, RevisionRecord } from '../../domain/ports/endpoints.js';
import type { GatewayDeps } from '../deps.js';
import { asJsonObject } from '../http/json.js';
import type { endpointDetailSchema, endpointSchema, revisionSchema } from '../shapes/endpoints.js';
import { lookAtEndpoint } from '../stories/look-at-endpoint.js';
import { plainScan } from './plain-scan.js';

type Detail = z.infer<typeof endpointDetailSchema>;

/** Endpoints of a project, or of several, each with what was recorded as live last. */
export async function listEndpoints(
  { endpoints }: GatewayDeps,
  projects: readonly string[] | null,
): Promise<z.infer<typeof endpointSchema>[]> {
  const all = (await endpoints.list()).filter((one) => projects?.includes(one.project) ?? true);
  return Promise.all(all.map(async (one) => plainEndpoint(one, await endpoints.revisions(one))));
}

/** An endpoint as a person wants to see it: what Git says, what is wanted, what runs, and what ran when. */
export async function endpointDetail(deps: GatewayDeps, name: EndpointName): Promise<Detail> {
  const endpoint = await deps.endpoints.get(name);
  const [revisions, scans, wanted] = await Promise.all([
    deps.endpoints.revisions(name),
    deps.imageScans.list(name),
    deps.endpoints.wanted(name),
  ]);
  const { observed, notice } =
    wanted === undefined ? { observed: null, notice: null } : await look(deps, name);
  return {
    ...plainEndpoint(endpoint, revisions),
    wanted:
      wanted === undefined || endpoint.retiredAt !== null
        ? null
        : { revision: wanted.revision, ordinal: wanted.ordinal, replicas: wanted.replicas },
    imageScan: plainScan(scans, revisions.find(({ until }) => until === null)?.imageDigest ?? null),
    observed,
    notice,
    revisions: revisions.map(plainRevision),
  };
}

/** The rows are worth showing without what runs; that it is not known is said. */
async function look(deps: GatewayDeps, name: EndpointName): Promise<Pick<Detail, 'notice' | 'observed'>> {
  try {
    const { observed } = await lookAtEndpoint(deps, { ...name, logLines: null });
    const { revision, replicas } = observed;
    return { observed: { revision, replicas: replicas.map((one) => ({ ...one })) }, notice: null };
  } catch (error) {
    if (!(error instanceof RatchetError) || error.entry.kind !== 'unavailable') throw error;
    return { observed: null, notice: `what runs of it is not known: ${error.message}` };
  }
}

function plainEndpoint(
  { project, endpoint, model, commit, config, scaledTo, retiredAt, updatedAt }: EndpointRecord,
  revisions: readonly RevisionRecord[],
): z.infer<typeof endpointSchema> {
  const live = revisions.find(({ until }) => until === null);
  return {
    ...{ project, endpoint, model, target: config.target, commit, scaledTo, retiredAt, updatedAt },
    config: asJsonObject(config),
    live: live === undefined ? null : plainRevision(live),
    at: live === undefined ? null : { ...live.at },
  };
}

function plainRevision(row: RevisionRecord): z.infer<typeof revisionSchema> {
  const { revision, ordinal, from, until, modelVersion, modelDigest, applicationCommit, imageDigest } = row;
  const { replicas } = row.wanted;
  return {
    revision,
    ordinal,
    from,
    until,
    modelVersion,
    modelDigest,
    applicationCommit,
    imageDigest,
    replicas,
  };
}
