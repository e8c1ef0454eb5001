import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { EndedStatus } from '../../domain/lifecycle/run-ending.js';
import { workflowIds } from '../../domain/names.js';
import type { RunRecord } from '../../domain/ports/runs.js';
import { closeRun } from './close-run.js';
import type { RunDeps } from './deps.js';
import { startRound } from './start-round.js';

type Deps = Pick<RunDeps, 'blobs' | 'client' | 'runs'>;

/** A run whose row is younger than this may be about to be started by whoever wrote the row. */
export const startGraceMs = 15_000;

/** How Temporal's end of a workflow is told where its run's row does not: the table of mendings. */
export const endOf: Readonly<Record<string, { readonly status: EndedStatus; readonly reason: string }>> = {
  TERMINATED: { status: 'failed', reason: 'the workflow was terminated from outside' },
  CANCELLED: { status: 'cancelled', reason: 'cancelled' },
  TIMED_OUT: { status: 'failed', reason: 'the workflow timed out' },
  FAILED: { status: 'failed', reason: 'the workflow failed; its history says why' },
  COMPLETED: { status: 'failed', reason: 'the workflow ended and its row was not written' },
};

/** What was found of the rows that say "running". */
export interface ReconciledRuns {
  readonly checked: number;
  readonly mended: number;
  /** Runs that were closed, of which nobody was told. */
  readonly closed: readonly string[];
}

type Mending = 'closed' | 'started' | 'same';

/** Rows that say "running" while nothing runs are closed; rounds whose workflow was never started are started. */
export async function reconcileOpenRuns(deps: Deps): Promise<ReconciledRuns> {
  const open = await deps.runs.open();
  const done: { readonly id: string; readonly how: Mending }[] = [];
  for (const run of open) done.push({ id: run.id, how: await mend(deps, run) });
  return {
    checked: open.length,
    mended: done.filter(({ how }) => how !== 'same').length,
    closed: done.filter(({ how }) => how === 'closed').map(({ id }) => id),
  };
}

async function mend(deps: Deps, run: RunRecord): Promise<Mending> {
  const found = await describe(deps.client, workflowIds.trainModel(run.project, run.model, run.id));
  if (found === undefined) return startIfLeft(deps, run);
  const round = found.memo?.['round'];
  if (found.status.name === 'RUNNING' || found.status.name === 'PAUSED') return 'same';
  if (typeof round === 'number' && round < run.round) return startIfLeft(deps, run);
  const end = endOf[found.status.name];
  if (end === undefined || !(await isStill(deps, run))) return 'same';
  await closeRun(deps, { runId: run.id, round: run.round, ...end });
  return 'closed';
}

async function startIfLeft(deps: Deps, run: RunRecord): Promise<Mending> {
  if (Date.now() - Date.parse(run.createdAt) < startGraceMs || !(await isStill(deps, run))) return 'same';
  await startRound(deps.client, run);
  return 'started';
}

/** The row was read before Temporal was asked, and may have ended, or have been resumed, since. */
async function isStill(deps: Deps, run: RunRecord): Promise<boolean> {
  const { endedAt, round } = await deps.runs.get(run.id);
  return endedAt === null && round === run.round;
}

/** The newest execution of a workflow; undefined where there is none. */
export async function describe(
  client: Client,
  workflowId: string,
): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await client.workflow.getHandle(workflowId).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
