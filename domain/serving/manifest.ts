/** A file that tells a serving host what it serves. Written by whoever deploys; the host follows it as it changes. */
export interface ServingManifest {
  readonly version: 1;
  /** `<project>/<endpoint>`; null for a host that nobody deployed. */
  readonly endpoint: string | null;
  /** Revision of that endpoint; null for a host that nobody deployed. */
  readonly revision: string | null;
  /** At least one. */
  readonly models: readonly ManifestModel[];
  /** Model of `/predict`; null for the only one there is. */
  readonly defaultModel: string | null;
  /** Null for the stock application, which serves each model's interface. */
  readonly application: ManifestApplication | null;
}

/** One version of a registered model, by the digest of its file. */
export interface ManifestModel {
  readonly project: string;
  /** Its name on the server, too: names of models differ within a manifest. */
  readonly model: string;
  readonly version: number;
  /** Of the ONNX file. */
  readonly sha256: string;
  readonly bytes: number;
  /** Alias that points to it; the version with one answers where no version is asked for. */
  readonly alias: string | null;
}

/** Serving code on this machine, built and ready to be loaded. */
export interface ManifestApplication {
  readonly folder: string;
  /** Of the bundle that was unpacked there. */
  readonly sha256: string;
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
