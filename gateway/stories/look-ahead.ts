import type { z } from '@hono/zod-openapi';
import { workflowIds } from '../../domain/names.js';
import type { PlanProjectInput } from '../../domain/plans/project-plan.js';
import type { GatewayDeps } from '../deps.js';
import { listSchedules } from '../reads/schedules.js';
import type { planSchema } from '../shapes/plans.js';
import { runStory } from './run-story.js';

/** What a commit would change, beside what of the project was changed by hand: rows, and schedules of the server. */
export async function lookAhead(
  deps: GatewayDeps,
  input: PlanProjectInput,
): Promise<z.infer<typeof planSchema>> {
  await deps.projects.get(input.project);
  const workflowId = workflowIds.planProject(input.project, input.ref);
  const [plan, { schedules, notice }] = await Promise.all([
    runStory(deps.client, 'planProject', { workflowId, input }),
    listSchedules(deps, [input.project]),
  ]);
  const drifted = schedules.flatMap(({ id, drift }) =>
    drift === null ? [] : [{ part: 'schedule' as const, name: id, is: drift }],
  );
  return {
    ...plan,
    changes: plan.changes.map((change) => ({ ...change })),
    runs: plan.runs.map((run) => ({
      ...run,
      paths: [...run.paths],
      changes: run.changes.map((change) => ({ ...change })),
    })),
    suppressed: plan.suppressed.map((one) => ({ ...one })),
    drift: [...plan.drift.map((one) => ({ ...one })), ...drifted],
    notice,
  };
}
