import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { queues, searchAttributes, workflowIds } from '../../domain/names.js';
import type { RunRecord } from '../../domain/ports/runs.js';
import { runSearchKeys } from '../../workflows/messages/search-keys.js';
import type { Stories } from '../../workflows/messages/stories.js';
import type { GatewayDeps } from '../deps.js';
import { withDeadline } from './with-deadline.js';

const deadlineMs = 10_000;
const askAgainMs = 100;

/**
 * Starts the story of a run's present round. A second start of the same round changes nothing. A round that has said
 * its end and not yet closed is waited for. Error: `PART_UNAVAILABLE`; the row is there, and reconciling starts it.
 */
export async function startWorkflow(deps: GatewayDeps, run: RunRecord): Promise<void> {
  const untilMs = Date.now() + deadlineMs;
  while (!(await tryStart(deps, run)) && (await isOlderRound(deps, run))) {
    if (Date.now() > untilMs) throw stillClosing(run);
    await sleep(askAgainMs);
  }
}

/** False where a workflow of this run is there already. */
async function tryStart(deps: GatewayDeps, run: RunRecord): Promise<boolean> {
  const { project, model, id, round } = run;
  const start = () =>
    deps.client.workflow.start<Stories['trainModel']>('trainModel', {
      workflowId: workflowIds.trainModel(project, model, id),
      workflowIdReusePolicy: round === 0 ? 'REJECT_DUPLICATE' : 'ALLOW_DUPLICATE',
      taskQueue: queues.orchestrator,
      staticSummary: `train ${project}/${model}`,
      memo: { round },
      typedSearchAttributes: [
        { key: runSearchKeys[searchAttributes.project], value: project },
        { key: runSearchKeys[searchAttributes.model], value: model },
        { key: runSearchKeys[searchAttributes.runId], value: id },
      ],
      args: [{ project, model, runId: id, round }],
    });
  try {
    await withDeadline(deps.client, deadlineMs, start);
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

async function isOlderRound(deps: GatewayDeps, { project, model, id, round }: RunRecord): Promise<boolean> {
  const handle = deps.client.workflow.getHandle(workflowIds.trainModel(project, model, id));
  const { memo } = await withDeadline(deps.client, deadlineMs, () => handle.describe());
  const theirs = memo?.['round'];
  return typeof theirs === 'number' && theirs < round;
}

function stillClosing({ id }: RunRecord): RatchetError {
  return new RatchetError(
    'PART_UNAVAILABLE',
    `the round before of run ${id} has not closed in Temporal yet`,
    {
      runId: id,
    },
  );
}
