import { log } from '@temporalio/activity';
import type { DriftedProject } from '../../domain/lifecycle/apply-project.js';
import type { PlanProjectInput, ProjectPlan } from '../../domain/plans/project-plan.js';
import { withHeartbeats } from '../steps/heartbeats.js';
import type { PlanDeps } from './deps.js';
import { planProject } from './plan-project.js';
import { driftOfModels, whereReadable } from './row-drift.js';

/** Told in the audit log. */
const mostTold = 20;

/** Looking ahead, and at what somebody changed past Git. */
export function createPlanActivities(deps: PlanDeps) {
  return {
    /** Null where the rows of models and settings are as Git has them, or it cannot be told. */
    async findRowDrift({ project }: { readonly project: string }): Promise<DriftedProject | null> {
      const { repo, ref, drift } = await withHeartbeats(() => readRowDrift(deps, project));
      if (typeof drift === 'string')
        log.warn('what was changed past Git cannot be told', { project, why: drift });
      if (typeof drift === 'string' || drift.length === 0) return null;
      const words = drift.slice(0, mostTold).map(({ part, name, is }) => `${part} ${name}: ${is}`);
      return { repo, ref, putsBack: { project, drift: words } };
    },
    async readPlan(input: PlanProjectInput): Promise<ProjectPlan> {
      return withHeartbeats(() => planProject(deps, input));
    },
  };
}
export type PlanActivities = ReturnType<typeof createPlanActivities>;

async function readRowDrift(deps: PlanDeps, project: string) {
  const known = await deps.projects.get(project);
  return { ...known, drift: await whereReadable(() => driftOfModels(deps, known)) };
}
