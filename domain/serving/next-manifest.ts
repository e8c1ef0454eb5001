import { answeringVersion, type ManifestModel, type ServingManifest } from './manifest.js';

const empty: ServingManifest = {
  version: 1,
  models: [],
  revision: null,
  endpoint: null,
  defaultModel: null,
  application: null,
};

/**
 * What is served after what was served before, where the registry says these versions: of each model that an alias
 * leads to, the version before stays beside the new one, so that a step back finds it warm.
 */
export function nextManifest(
  before: ServingManifest | null,
  resolved: readonly ManifestModel[],
  defaultModel: string | null,
): ServingManifest {
  const models = resolved.flatMap((model) => [model, ...stayingWarm(before?.models ?? [], model)]);
  return { ...empty, models, defaultModel };
}

function stayingWarm(before: readonly ManifestModel[], now: ManifestModel): readonly ManifestModel[] {
  const known = before.filter(({ project, model }) => project === now.project && model === now.model);
  const answered = answeringVersion(known, now.model);
  if (answered === undefined || now.alias === null) return [];
  const warm = answered.version === now.version ? known.filter((m) => m !== answered) : [answered];
  return warm.map((model) => ({ ...model, alias: null }));
}
