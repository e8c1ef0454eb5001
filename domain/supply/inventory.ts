/** A package that is installed, as its database knows it. */
export interface SoftwarePackage {
  /** As OSV names it, with the release where there is one: `Debian:12`, `Alpine:v3.20`, `PyPI`, `npm`. */
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  /** Of what it was built from, where that has a name or a version of its own: advisories are about that. */
  readonly source?: { readonly name: string; readonly version: string };
  readonly architecture?: string;
  /** The file that says so. */
  readonly place: string;
}

/** A model file, by its bytes. */
export interface ModelFile {
  readonly place: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What an image says it is built on: fields of os-release. */
export interface OperatingSystem {
  /** `debian`, `alpine`. */
  readonly id: string;
  readonly version: string;
  readonly name: string;
}

/** All that is known to be in an image. */
export interface Inventory {
  /** Null where the image says nothing about it. */
  readonly operatingSystem: OperatingSystem | null;
  readonly packages: readonly SoftwarePackage[];
  readonly models: readonly ModelFile[];
  /** What could not be read, so that the list may lack something. */
  readonly gaps: readonly string[];
}
