import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { workflowIds } from '../../domain/names.js';
import type { RunRecord } from '../../domain/ports/runs.js';
import type { GatewayDeps } from '../deps.js';
import type { runDetailSchema } from '../shapes/runs.js';
import { type RunInTemporal, runInTemporal } from './pending-work.js';
import { openLogs } from './run-log.js';
import { shownSteps } from './shown-steps.js';

type Detail = z.infer<typeof runDetailSchema>;

const nothing: RunInTemporal = { work: [], idle: null };

/** A run as a person wants to see it: its rows, and for an open run what Temporal says it waits for. */
export async function runDetail(deps: GatewayDeps, id: string): Promise<Detail> {
  const run = await deps.runs.get(id);
  const [steps, refusals, logs, temporal, versions] = await Promise.all([
    deps.runs.steps(id),
    deps.runs.refusals(id),
    deps.runs.logs(id),
    run.endedAt === null ? askTemporal(deps, run) : { found: nothing, notice: null },
    run.status === 'succeeded' ? deps.registry.list(run.project, run.model) : [],
  ]);
  const shown = shownSteps(steps, temporal.found.work);
  const { idle } = temporal.found;
  const waits = idle !== null || shown.some(({ waiting }) => waiting !== null);
  return {
    ...plainRun(run),
    status: run.status === 'running' && waits ? 'waiting' : run.status,
    steps: shown,
    waiting: idle,
    notice: temporal.notice,
    refusals: refusals.map((refusal) => ({ ...refusal })),
    logs: openLogs(logs).map(({ step, bytes }) => ({ step, bytes })),
    workflowId: workflowIds.trainModel(run.project, run.model, run.id),
    version: versions.find(({ runId }) => runId === id)?.version ?? null,
  };
}

/** The rows are worth showing without Temporal; that something is not known is said. */
async function askTemporal(deps: GatewayDeps, run: RunRecord) {
  try {
    return { found: await runInTemporal(deps.client, run), notice: null };
  } catch (error) {
    if (!(error instanceof RatchetError) || error.entry.kind !== 'unavailable') throw error;
    return { found: nothing, notice: `what the run waits for is not known: ${error.message}` };
  }
}

export function plainRun(run: RunRecord) {
  return { ...run, causes: run.causes.map((cause) => ({ ...cause })) };
}
