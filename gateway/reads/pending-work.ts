import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { stepNameOf } from '../../domain/lifecycle/step-names.js';
import { queues, workflowIds } from '../../domain/names.js';
import type { RunRecord, Waiting } from '../../domain/ports/runs.js';
import { withDeadline } from '../stories/with-deadline.js';
import { instantOf, millisOf } from './proto-time.js';

/** An activity that Temporal holds for a run. */
export interface PendingWork {
  readonly name: string;
  readonly attempt: number;
  readonly nextTryAt: string | null;
  readonly waiting: Waiting | null;
}

/** What Temporal says of an open run. */
export interface RunInTemporal {
  readonly work: readonly PendingWork[];
  /** The story itself waits for a worker to take it up. */
  readonly idle: Waiting | null;
}

type Description = temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;
type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

const describeDeadlineMs = 3000;

/** Temporal's number for a task that no worker has taken. */
const scheduled = 1;

/** A task that is taken at once is not worth a word. */
const noticeMs = 1000;

const advice: Readonly<Record<string, string>> = {
  [queues.gpu]:
    'start a worker with devices (RATCHET_GPU_DEVICES=0 ratchet up, or a gpu worker on another machine), or wait until one has a free device: ratchet worker list',
  [queues.cpu]: 'start a cpu worker, or wait until one has a free slot: ratchet worker list',
  [queues.orchestrator]: 'start the orchestrator worker: ratchet status',
};

/** What an open run and its dataset wait for, as Temporal tells it. Nothing where the workflow has not begun. */
export async function runInTemporal(client: Client, run: RunRecord): Promise<RunInTemporal> {
  const own = await describe(client, workflowIds.trainModel(run.project, run.model, run.id));
  const children = (own?.pendingChildren ?? []).flatMap(({ workflowId }) => workflowId ?? []);
  const all = [own, ...(await Promise.all(children.map((id) => describe(client, id))))];
  return {
    work: all.flatMap((description) => (description?.pendingActivities ?? []).flatMap(pendingWork)),
    idle: all.map(idleSince).find((waiting) => waiting !== null) ?? null,
  };
}

async function describe(client: Client, workflowId: string): Promise<Description | undefined> {
  try {
    const handle = client.workflow.getHandle(workflowId);
    return (await withDeadline(client, describeDeadlineMs, () => handle.describe())).raw;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function pendingWork(activity: PendingActivity): PendingWork[] {
  const name = stepNameOf(activity.activityType?.name ?? '');
  if (name === undefined) return [];
  const { state, attempt, nextAttemptScheduleTime, lastStartedTime, activityOptions } = activity;
  const untaken = state === scheduled && !lastStartedTime;
  return [
    {
      name,
      attempt: attempt ?? 1,
      nextTryAt: state === scheduled ? instantOf(nextAttemptScheduleTime) : null,
      waiting: untaken
        ? capacity(
            activityOptions?.taskQueue?.name ?? '',
            instantOf(activity.scheduledTime),
            millisOf(activityOptions?.scheduleToStartTimeout),
          )
        : null,
    },
  ];
}

function idleSince(description: Description | undefined): Waiting | null {
  const task = description?.pendingWorkflowTask;
  return task?.state === scheduled
    ? capacity(queues.orchestrator, instantOf(task.originalScheduledTime ?? task.scheduledTime), 0)
    : null;
}

/** Null for what has waited too shortly to be told. */
function capacity(queue: string, since: string | null, deadlineMs: number): Waiting | null {
  if (since === null || Date.now() - Date.parse(since) < noticeMs) return null;
  return {
    for: `capacity: ${queue}`,
    since,
    until: deadlineMs > 0 ? new Date(Date.parse(since) + deadlineMs).toISOString() : null,
    advice: advice[queue] ?? null,
  };
}
