import type { AppliedProject, ApplyProjectInput } from '../../domain/lifecycle/apply-project.js';
import type { PutChange } from '../../domain/lifecycle/change-project.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import { applyRepository } from './apply-repository.js';
import type { ChangeDeps } from './deps.js';
import { putChange } from './put-change.js';

/** What a repository says becomes what is in force. */
export function createProjectActivities(deps: ChangeDeps) {
  return {
    async readProject(input: ApplyProjectInput): Promise<AppliedProject> {
      return withHeartbeats(() => applyRepository(deps, input));
    },
    async putChange(input: { readonly approval: string }): Promise<PutChange> {
      return withHeartbeats(() => putChange(deps, input));
    },
  };
}
export type ProjectActivities = ReturnType<typeof createProjectActivities>;
