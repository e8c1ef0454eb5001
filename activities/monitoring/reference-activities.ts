import type { FreezeReferenceInput } from '../../domain/lifecycle/train-model.js';
import { reportProgress } from '../steps/current-step.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { ReferenceDeps } from './deps.js';
import { referenceOf } from './reference-of.js';
import { watchedVersion } from './watched-version.js';

/** What a version is watched against, while all that it was made from is at hand. */
export function createReferenceActivities(deps: ReferenceDeps) {
  return {
    /** Keeps the reference of a version by the `monitoring` that it was trained with. One that is kept stays. */
    async freezeReference({ project, model, version }: FreezeReferenceInput): Promise<void> {
      await withHeartbeats(async (signal) => {
        reportProgress('reading what the model was made from');
        const made = await watchedVersion(deps, { project, model, version: String(version) });
        await referenceOf(deps, made, made.config.monitoring, signal);
      });
    },
  };
}
export type ReferenceActivities = ReturnType<typeof createReferenceActivities>;
