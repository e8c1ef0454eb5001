import { ActivityNotFoundError, type Client, WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import { queues } from '../domain/names.js';
import { stillRuns } from './process-identity.js';

/** An attempt that a worker has taken up. */
interface Attempt {
  readonly workflowId: string;
  readonly runId: string;
  readonly activityId: string;
  readonly name: string;
  /** Identity of its process. */
  readonly worker: string;
}

/** State of an activity that a worker has: `PENDING_ACTIVITY_STATE_STARTED`. */
const started = 2;

/**
 * A worker that was killed leaves its activities to the heartbeat time-out. The worker that starts after it on the
 * same host knows better: it reports those attempts as failed, and Temporal tries them again at once.
 */
export async function reclaimAbandoned(client: Client, log: Logger): Promise<number> {
  let reclaimed = 0;
  const ours = `ExecutionStatus = "Running" AND TaskQueue = "${queues.orchestrator}"`;
  for await (const { workflowId } of client.workflow.list({ query: ours })) {
    for (const attempt of await attemptsOf(client, workflowId)) {
      if ((await stillRuns(attempt.worker)) !== false || !(await fail(client, attempt))) continue;
      reclaimed += 1;
      log.info(attempt, 'took over from a worker that is gone');
    }
  }
  return reclaimed;
}

async function attemptsOf(client: Client, workflowId: string): Promise<readonly Attempt[]> {
  const found = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch(unlessGone(WorkflowNotFoundError));
  const runId = found?.raw.workflowExecutionInfo?.execution?.runId ?? '';
  return (found?.raw.pendingActivities ?? []).flatMap((activity) => {
    const { activityId, activityType, lastWorkerIdentity, state } = activity;
    if (state !== started || !activityId || !lastWorkerIdentity) return [];
    return [
      {
        workflowId,
        runId,
        activityId,
        name: activityType?.name ?? '',
        worker: lastWorkerIdentity.replace(/^.*@/, ''),
      },
    ];
  });
}

/** The pauses between tries are for work that fails; here the next worker is there already. */
async function fail(client: Client, { workflowId, runId, activityId }: Attempt): Promise<boolean> {
  const gone = ApplicationFailure.create({
    message: 'the worker that had this attempt is gone',
    type: 'WORKER_GONE',
    nextRetryDelay: '10 milliseconds',
  });
  const failing = client.activity.fail({ workflowId, runId, activityId }, gone).then(() => true);
  return (await failing.catch(unlessGone(ActivityNotFoundError))) ?? false;
}

/** Whoever had it may have come to its end meanwhile. */
function unlessGone(Gone: typeof WorkflowNotFoundError | typeof ActivityNotFoundError) {
  return (error: unknown): undefined => {
    if (!(error instanceof Gone)) throw error;
  };
}
