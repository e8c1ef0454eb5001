import type { ProjectDeps } from '../projects/deps.js';
import type { TriggerDeps } from '../triggers/deps.js';

/** What planning stands on. It writes nothing. */
export type PlanDeps = Pick<ProjectDeps, 'accounts' | 'git' | 'policies' | 'projects'> &
  Pick<TriggerDeps, 'endpoints' | 'lines' | 'refs' | 'triggers'>;
