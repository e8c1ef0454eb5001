/** One version of a registry model that is served. */
export interface ManifestModel {
  readonly project: string;
  /** Its name on the server, too: names of models differ within a manifest. */
  readonly model: string;
  readonly version: number;
  /** Of the ONNX file. */
  readonly sha256: string;
  readonly bytes: number;
  /** The alias that leads to it: of a model with several versions, that one answers where none is named. */
  readonly alias: string | null;
}

/** What a server of registry models serves, as a file says it. */
export interface ServingManifest {
  readonly version: 1;
  readonly models: readonly ManifestModel[];
  /** Of the deployment that wrote it; null where nothing was deployed. */
  readonly revision: string | null;
  readonly endpoint: string | null;
  /** The model of `/predict`; null for the only one there is. */
  readonly defaultModel: string | null;
  /** Code of the user's own that runs before and behind the models. */
  readonly application: { readonly folder: string; readonly digest: string } | null;
}

/** The version that answers where none is named: the one with an alias, or else the highest. */
export function answeringVersion(models: readonly ManifestModel[], name: string): ManifestModel | undefined {
  const versions = models.filter(({ model }) => model === name);
  return (
    versions.find(({ alias }) => alias !== null) ?? versions.toSorted((a, b) => b.version - a.version)[0]
  );
}

/** Why a manifest cannot be served, naming the model; null where it can. */
export function manifestProblem({ models, defaultModel }: ServingManifest): string | null {
  for (const { model, project, version } of models) {
    const others = models.filter((other) => other.model === model);
    const foreign = others.find((other) => other.project !== project);
    if (foreign !== undefined) return nameClash(model, project, foreign.project);
    if (others.filter((other) => other.version === version).length > 1)
      return `version ${version} of ${project}/${model} is there twice`;
    const aliases = others.flatMap(({ alias }) => alias ?? []);
    if (aliases.length > 1)
      return `aliases lead to two versions of ${project}/${model}: ${aliases.join(' and ')}`;
  }
  if (defaultModel === null || models.some(({ model }) => model === defaultModel)) return null;
  return `there is no model "${defaultModel}", the default one`;
}

/** Of two projects with a model of the same name. */
export function nameClash(model: string, a: string, b: string): string {
  return `two models would be served as "${model}": ${[a, b].toSorted().join(`/${model} and `)}/${model}`;
}
