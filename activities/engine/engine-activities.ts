import { imageName } from '../../domain/engine/image-name.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type {
  DeploymentTarget,
  EndpointName,
  ImageRef,
  ObservedEndpoint,
  WantedRevision,
} from '../../domain/ports/deployment-target.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import {
  buildServingImage,
  type ImageSetting,
  type ServingImageInput,
  storeImageArchive,
} from './serving-image.js';

export interface EngineActivityDeps extends ImageSetting {
  readonly target: DeploymentTarget;
  /** Of services, where the engine manages a swarm. */
  readonly swarmTarget: DeploymentTarget;
  /** Makes the base anew, of what this machine has now. */
  readonly renewBase: () => Promise<string>;
}

export interface ServingImage {
  readonly image: ImageRef;
  /** Whether it was there, and nothing was built. */
  readonly isReused: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the engine agent does for workflows: all of it is said in values, and nothing of the engine's own API passes. */
export function createEngineActivities(deps: EngineActivityDeps) {
  const { engine } = deps;
  const [containers, services] = [targetVerbs(deps.target), targetVerbs(deps.swarmTarget)];
  return {
    /** The image of a serving host. Errors: `APPLICATION_INVALID`, `IMAGE_FAILED`, those of the store. */
    async buildServingImage(input: ServingImageInput): Promise<ServingImage> {
      return withHeartbeats(async (signal) => {
        const { id, isReused, labels } = await buildServingImage(deps, input, signal);
        return { image: { digest: id, repository: null }, isReused, labels };
      });
    },
    /** The base that images are built on from here on, made of what this machine has now. Errors: `PART_MISSING`, `IMAGE_FAILED`. */
    async renewBase(): Promise<{ readonly digest: string }> {
      return withHeartbeats(async () => ({ digest: await deps.renewBase() }));
    },
    /** Removes images of ours that are old enough, not among these, and that no container uses; how many went. */
    async pruneImages({
      keep,
      youngestMs,
    }: {
      readonly keep: readonly string[];
      readonly youngestMs: number;
    }): Promise<{ readonly removed: number }> {
      return withHeartbeats(async () => ({ removed: await engine.pruneImages(keep, youngestMs) }));
    },
    /** Its archive as an object in staging, for a scan. Error: `IMAGE_NOT_FOUND`. */
    async storeImageArchive(image: ImageRef): Promise<BlobRef> {
      return withHeartbeats((signal) => storeImageArchive(deps, imageName(image), signal));
    },
    /** The image as a registry has it from then on. Errors: `IMAGE_NOT_FOUND`, `PART_UNAVAILABLE`. */
    async pushImage(input: {
      readonly image: ImageRef;
      readonly repository: string;
      readonly tag: string;
    }): Promise<ImageRef> {
      return withHeartbeats(async (signal) => {
        const { image, repository, tag } = input;
        const digest = await engine.push(image.digest, { repository, tag }, signal);
        return { digest, repository };
      });
    },
    deployContainers: containers.deploy,
    observeContainers: containers.observe,
    listContainers: containers.list,
    removeContainers: containers.remove,
    containerLogs: containers.logs,
    deployService: services.deploy,
    observeService: services.observe,
    listServices: services.list,
    removeService: services.remove,
    serviceLogs: services.logs,
  };
}

/** Verbs of a target. Errors: those of the port. */
function targetVerbs(target: DeploymentTarget) {
  return {
    async deploy(wanted: WantedRevision): Promise<ObservedEndpoint> {
      return withHeartbeats((signal) => target.deploy(wanted, signal));
    },
    async observe(name: EndpointName): Promise<ObservedEndpoint> {
      return target.observe(name);
    },
    async list(): Promise<readonly ObservedEndpoint[]> {
      return target.list();
    },
    async remove(name: EndpointName): Promise<void> {
      await withHeartbeats((signal) => target.remove(name, signal));
    },
    async logs(input: EndpointName & { readonly lines: number }): Promise<readonly string[]> {
      return target.logs(input, input.lines);
    },
  };
}
export type EngineActivities = ReturnType<typeof createEngineActivities>;
export type EngineVerb = keyof EngineActivities;
