/** Where the files of a version lie, to be read now. */
export interface ModelFiles {
  readonly modelPath: string;
  /** What is said of the model beside its file; null where nothing can be. */
  readonly interfacePath: string | null;
}

/** One version that a source has. */
export interface SourceVersion {
  readonly model: string;
  readonly version: string;
  /** Digest that its file must have; null where nobody says so. */
  readonly sha256: string | null;
  /** Brings the files to this machine, where they are not. Errors: `BLOB_MISSING`, `BLOB_CORRUPT`, `PART_UNAVAILABLE`, `MODEL_LOAD`. */
  fetch(): Promise<ModelFiles>;
}

/** What somebody deployed here, by name. */
export interface Deployed {
  readonly endpoint: string | null;
  readonly revision: string | null;
}

/** Which models there are, and where their files come from. */
export interface ModelSource {
  models(): Promise<readonly string[]>;
  /** Versions of a model, in the order in which they are to be loaded; empty where there is no such model. */
  versions(model: string): Promise<readonly SourceVersion[]>;
  /** The version that answers where none is named; null where that is the highest that is ready. */
  answering(model: string): string | null;
  /** Where it belongs; null where nobody says so. */
  origin(model: string): { readonly project: string | null; readonly endpoint: string | null };
  /** The model of `/predict`; null for the only one there is. */
  defaultModel(): string | null;
  /** What was deployed, of which all is served; null where nobody deployed anything. */
  deployed(): Deployed | null;
}
