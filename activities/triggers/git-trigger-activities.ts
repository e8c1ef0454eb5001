import type { AppliedHead, FollowedRef, NewHead, RefName } from '../../domain/lifecycle/follow-ref.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { trackedBranch } from './branch-of.js';
import type { TriggerDeps } from './deps.js';
import { readHead } from './read-head.js';
import { recordHead } from './record-head.js';
import { tellingOfSilence } from './telling-of-silence.js';

/** From a repository's heads to events. */
export function createGitTriggerActivities(deps: TriggerDeps) {
  return {
    /** Full names of the refs that a project follows. */
    async trackedRefs({ project }: { readonly project: string }): Promise<readonly string[]> {
      const ref = trackedBranch(await deps.projects.get(project));
      return ref === null ? [] : [ref];
    },
    async readHead(at: RefName): Promise<NewHead | null> {
      return withHeartbeats(() => tellingOfSilence(deps, at, () => readHead(deps, at)));
    },
    async recordHead(head: NewHead & AppliedHead): Promise<FollowedRef> {
      return withHeartbeats(() => recordHead(deps, head));
    },
  };
}
export type GitTriggerActivities = ReturnType<typeof createGitTriggerActivities>;
