/** What an image says about how it runs; the fields that are looked at. */
export interface ImageConfig {
  readonly architecture: string;
  readonly os: string;
  /** User, or user:group, by name or number; empty is root. */
  readonly user: string;
  /** `NAME=value`. */
  readonly environment: readonly string[];
  readonly command: readonly string[];
  /** `8080/tcp`. */
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly hasHealthCheck: boolean;
  readonly workingFolder: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The commands that made the layers. */
  readonly history: readonly string[];
  /** SHA-256 of each layer before it was packed, from the base on. */
  readonly layerDigests: readonly string[];
}

/** A file in an image, as far as its permissions matter. */
export interface ImageFile {
  readonly path: string;
  /** `link` is a symbolic one, `hard-link` a second name; neither is followed. */
  readonly kind: 'file' | 'folder' | 'link' | 'hard-link' | 'device';
  /** Permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly bytes: number;
  /** Where a link leads, as it was written. */
  readonly target: string | null;
  /** Whether the file gives capabilities to who runs it. */
  readonly hasCapabilities: boolean;
}
