import type { BuiltServingImage } from '../../domain/lifecycle/release-serving.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import { reportProgress } from '../steps/current-step.js';
import type { BuildDeps } from './deps.js';

/** Enough of a digest for a tag: nothing is ever asked for by it. */
const tagDigits = 12;

/**
 * Has the agent push an image that was built, where there is a registry: from then on it is known by the digest that the
 * registry keeps it under. The same image has the same tag, however often it is released. Errors: `IMAGE_NOT_FOUND`,
 * `PART_UNAVAILABLE` where the registry does not take it.
 */
export async function pushImage(
  { engine, imageRegistry }: Pick<BuildDeps, 'engine' | 'imageRegistry'>,
  { project, endpoint }: EndpointName,
  built: BuiltServingImage,
  signal: AbortSignal,
): Promise<BuiltServingImage> {
  if (imageRegistry === null) return built;
  const { image } = built;
  const repository = `${imageRegistry}/${project}/${endpoint}`;
  reportProgress(`pushing the image to ${repository}`);
  const [, hex = ''] = image.digest.split(':');
  const tag = hex.slice(0, tagDigits);
  const key = `${project}/${endpoint}/${tag}`;
  const pushed = await engine.ask('pushImage', { key, signal }, { image, repository, tag });
  return { ...built, image: pushed, configuration: image.digest };
}
