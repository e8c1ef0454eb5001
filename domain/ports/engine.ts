import type { WantedContainer } from '../engine/container-spec.js';
import type { ImageRecipe } from '../engine/image-recipe.js';
import type { Swarm } from './swarm.js';

/** An image that the engine has. */
export interface EngineImage {
  /** `sha256:...` of its configuration, by which it is run. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `<repository>@sha256:...`; empty until it was pushed or pulled. */
  readonly repositoryDigests: readonly string[];
  readonly bytes: number;
}

export interface EngineContainer {
  readonly id: string;
  readonly name: string;
  readonly imageId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  /** In the network of its own; null while it does not run, or has none. */
  readonly address: string | null;
  /** When it was last started; the time of the epoch where never. */
  readonly startedAt: string;
  /** How often the engine started it again after it had ended by itself. */
  readonly restarts: number;
  readonly exitCode: number;
  /** Whether the kernel ended it because it took more memory than it may. */
  readonly isOutOfMemory: boolean;
}

export interface EngineVersion {
  readonly version: string;
  readonly apiVersion: string;
  /** Version of each program that takes part, such as `runc` and `containerd`. */
  readonly components: Readonly<Record<string, string>>;
}

/** What an image is built from. */
export interface WantedImage {
  readonly folder: string;
  readonly recipe: ImageRecipe;
  /** With the content they make up what an image is: it is found again where both are equal. */
  readonly labels: Readonly<Record<string, string>>;
  /** Who had it built first; of no account when it is looked for. */
  readonly run: string;
}

export interface BuiltImage extends EngineImage {
  /** Whether it was there, and nothing was built. */
  readonly isReused: boolean;
}

/**
 * A Docker engine, as far as the engine agent asks anything of it. Every request is held against the list of what is
 * allowed before it is made, and containers and images of others are neither shown nor touched.
 * Errors of all: `PART_UNAVAILABLE`; of those that make something: `ENGINE_REFUSED`, naming each thing refused.
 */
export interface Engine {
  version(): Promise<EngineVersion>;
  /** A folder as the root of a base image, once for each content. */
  importRoot(folder: string, signal?: AbortSignal): Promise<EngineImage>;
  /** Error: `IMAGE_FAILED` with the last lines that were said. */
  build(wanted: WantedImage, signal?: AbortSignal): Promise<BuiltImage>;
  /** Error: `IMAGE_NOT_FOUND`. */
  image(id: string): Promise<EngineImage>;
  /** Writes the archive of an image to a new file. Error: `IMAGE_NOT_FOUND`. */
  save(id: string, path: string, signal?: AbortSignal): Promise<void>;
  /** The digest that the registry keeps it under. Errors: `IMAGE_NOT_FOUND`, `PART_UNAVAILABLE` where the registry does not take it. */
  push(
    id: string,
    to: { readonly repository: string; readonly tag: string },
    signal?: AbortSignal,
  ): Promise<string>;
  /**
   * Removes images of ours with all their names: those that are not among these digests, of their own or of a registry, that no container uses, and that are
   * not younger than `youngestMs` (default 0). How many went.
   */
  pruneImages(keep: readonly string[], youngestMs?: number): Promise<number>;
  /** Makes and starts a container, or finds the one of this name that was started before. Error: `CONFLICT` where that is another. */
  run(name: string, wanted: WantedContainer): Promise<EngineContainer>;
  /** Containers of ours that carry all of these labels, sorted by name. */
  containers(labels?: Readonly<Record<string, string>>): Promise<readonly EngineContainer[]>;
  /** Asks it to end, ends it after the grace time, removes it. Nothing happens where there is none. */
  remove(name: string, graceMs: number): Promise<void>;
  /** The last lines of both of its outputs, each with the time at which it was written. Error: `NOT_FOUND`. */
  logs(name: string, lines: number): Promise<readonly string[]>;
  /**
   * Makes a network of ours, unless it is there: one `inside`, which leads to the host and nowhere else, one for
   * `services`, which leads nowhere, or one for `doors`, whose containers may answer at loopback ports of the host. Error:
   * `ENGINE_REFUSED` where it is of another kind.
   */
  ensureNetwork(name: `ratchet-${string}`, kind: 'inside' | 'services' | 'doors'): Promise<void>;
  /** Puts a container into a network of ours beside its own; again: nothing. Error: `NOT_FOUND`. */
  connect(network: `ratchet-${string}`, name: string): Promise<void>;
  /** Removes a network of ours that no container is in. */
  removeNetwork(network: `ratchet-${string}`): Promise<void>;
  readonly swarm: Swarm;
}
