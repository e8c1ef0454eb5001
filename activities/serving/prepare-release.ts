import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ReleasePlan, ReleaseServingInput } from '../../domain/lifecycle/release-serving.js';
import type { EndpointRecord, RevisionRecord } from '../../domain/ports/endpoints.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { ReleaseKind, ReleaseRecord } from '../../domain/ports/releases.js';
import { reportProgress } from '../steps/current-step.js';
import { applicationOf } from './application-of.js';
import type { ReleaseDeps } from './deps.js';
import { earlierRevision } from './earlier-revision.js';
import { endpointSettings } from './endpoint-settings.js';
import { liveRevision } from './live-revision.js';
import { modelInputs } from './model-inputs.js';

/** What is released of which version, before it is known how its model is asked. */
type Choice = Pick<ReleasePlan, 'application' | 'applicationCommit' | 'kept' | 'wanted'> & {
  readonly version: ModelVersionRecord;
};

/**
 * Decides once what a release does: which version of the model, which commit of the serving code, with which settings.
 * Errors: `ENDPOINT_NOT_FOUND` also for one that is retired, `MODEL_NOT_FOUND` where nothing is champion, those of Git,
 * `CONFLICT` where there is no revision to go back to, or to scale.
 */
export async function prepareRelease(deps: ReleaseDeps, input: ReleaseServingInput): Promise<ReleasePlan> {
  const [release, endpoint] = await Promise.all([
    deps.releases.get(input.releaseId),
    deps.endpoints.get(input),
  ]);
  if (endpoint.retiredAt !== null) throw retired(endpoint);
  const { version, ...choice } = await choosers[release.kind](deps, release, endpoint);
  reportProgress(`version ${version.version} of ${endpoint.model}`);
  await deps.releases.setResolved(release.id, {
    commit: choice.applicationCommit,
    modelVersion: version.version,
  });
  return {
    kind: release.kind,
    model: endpoint.model,
    modelVersion: version.version,
    ...choice,
    target: endpoint.config.target,
    image: endpoint.config.image,
    hasEngine: deps.hasEngine,
    samples: { dataset: version.dataset, inputs: await modelInputs(deps, version) },
  };
}

type Choose = (deps: ReleaseDeps, release: ReleaseRecord, endpoint: EndpointRecord) => Promise<Choice>;

const choosers: Readonly<Record<ReleaseKind, Choose>> = {
  deploy: async (deps, release, endpoint) => {
    const { project, model } = endpoint;
    const version = await deps.champions.champion(project, model);
    if (version === undefined) throw nothingChampion(endpoint);
    const application = await applicationOf(deps, release, endpoint);
    return {
      version,
      application,
      applicationCommit: application?.commit ?? null,
      kept: null,
      wanted: endpointSettings(release.id, endpoint, version),
    };
  },
  rollback: async (deps, release, endpoint) =>
    keeping(deps, release, endpoint, await earlierRevision(deps, endpoint)),
  scale: async (deps, release, endpoint) => {
    const live = await liveRevision(deps.endpoints, endpoint);
    if (live === undefined) throw nothingLive(endpoint);
    return keeping(deps, release, endpoint, live);
  },
};

/** A revision as it was, with the number of replicas that is wanted at this moment. */
async function keeping(
  { registry }: ReleaseDeps,
  release: ReleaseRecord,
  { project, model, config, scaledTo }: EndpointRecord,
  { wanted: before, modelVersion, applicationCommit }: RevisionRecord,
): Promise<Choice> {
  // What may be kept of requests is for today to say.
  const { application, image, ordinal: _, record: __, ...wanted } = before;
  const record = config.record === undefined ? {} : { record: config.record };
  return {
    version: await registry.get(project, model, String(modelVersion)),
    application: null,
    applicationCommit,
    kept: { application, image },
    wanted: { ...wanted, ...record, revision: release.id, replicas: scaledTo ?? config.replicas },
  };
}

function retired({ project, endpoint }: EndpointRecord): RatchetError {
  return new RatchetError(
    'ENDPOINT_NOT_FOUND',
    `endpoint ${project}/${endpoint} is retired: no ratchet.yaml names it any more`,
  );
}

function nothingChampion({ project, model, endpoint }: EndpointRecord): RatchetError {
  return new RatchetError(
    'MODEL_NOT_FOUND',
    `no version of ${project}/${model} is champion, so that endpoint ${endpoint} has nothing to serve`,
  );
}

function nothingLive({ project, endpoint }: EndpointRecord): RatchetError {
  return new RatchetError(
    'CONFLICT',
    `nothing is live at endpoint ${project}/${endpoint}, so that nothing can be scaled`,
  );
}
