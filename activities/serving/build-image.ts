import { engineLabels } from '../../domain/engine/labels.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { BuiltRelease, BuiltServingImage } from '../../domain/lifecycle/release-serving.js';
import { note, reportProgress } from '../steps/current-step.js';
import type { BuildDeps } from './deps.js';
import { pushImage } from './push-image.js';

/**
 * Has the engine agent build the image of the release, and push it where there is a registry. Errors: `IMAGE_REFUSED` where there is no engine, `IMAGE_FAILED`,
 * `APPLICATION_INVALID`, `PART_UNAVAILABLE` where no agent or no registry takes it up.
 */
export async function buildImage(
  deps: Pick<BuildDeps, 'engine' | 'imageRegistry'>,
  { project, endpoint, releaseId, plan, built }: BuiltRelease,
  signal: AbortSignal,
): Promise<BuiltServingImage> {
  if (!plan.hasEngine) {
    throw new RatchetError(
      'IMAGE_REFUSED',
      `endpoint ${project}/${endpoint} says "image: required", and no engine is configured that could build one`,
    );
  }
  reportProgress('the engine agent builds the image');
  const wanted = {
    application: built.bundle,
    commit: plan.application?.commit ?? null,
    model: `${project}/${plan.model}`,
    run: releaseId,
  };
  const { image, isReused, labels } = await deps.engine.ask(
    'buildServingImage',
    { key: `${project}/${endpoint}/${releaseId}`, signal },
    wanted,
  );
  const base = labels[engineLabels.base];
  if (base === undefined)
    throw new RatchetError('IMAGE_FAILED', 'the image does not say what it is built on');
  const pushed = await pushImage(deps, { project, endpoint }, { image, base }, signal);
  const { repository } = pushed.image;
  const where = repository === null ? 'no registry is set, so that it is not pushed' : `in ${repository}`;
  note(`${pushed.image.digest}${isReused ? ', which was there' : ''}; ${where}`);
  return pushed;
}
