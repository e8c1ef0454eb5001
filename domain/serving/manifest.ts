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
  readonly model: string;
  readonly version: number;
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
