import type { z } from '@hono/zod-openapi';
import { directionOf } from '../../domain/metrics/metric-catalogue.js';
import type { RunFilter } from '../../domain/ports/runs.js';
import type { GatewayDeps } from '../deps.js';
import type { runListQuery, runPageSchema } from '../shapes/runs.js';
import { requireKnown } from './require-known.js';
import { plainRun } from './run-detail.js';

/**
 * One page of runs, newest first or best first. Errors: `REQUEST_INVALID` for a cursor of another listing,
 * `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`.
 */
export async function runPage(
  deps: GatewayDeps,
  query: z.infer<typeof runListQuery>,
  /** Of which projects; null for all. */
  readable: readonly string[] | null,
): Promise<z.infer<typeof runPageSchema>> {
  const { sortBy, direction, project, model, status, limit, after } = query;
  const filter: RunFilter = {
    ...(readable === null ? {} : { projects: readable }),
    ...(project === undefined ? {} : { project }),
    ...(model === undefined ? {} : { model }),
    ...(status === undefined ? {} : { status }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after }),
    ...(sortBy === undefined
      ? {}
      : { sortBy: { metric: sortBy, direction: direction ?? directionOf(sortBy) } }),
  };
  const page = await deps.runs.list(filter);
  if (page.runs.length === 0) await requireKnown(deps, { project, model });
  return {
    runs: page.runs.map(({ step, metrics, ...run }) => ({ ...plainRun(run), step, metrics: { ...metrics } })),
    next: page.next,
  };
}
