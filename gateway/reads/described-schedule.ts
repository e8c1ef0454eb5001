import { createHash } from 'node:crypto';
import { type Client, type ScheduleDescription, ScheduleNotFoundError } from '@temporalio/client';
import { canonicalText } from '../../domain/canonical-text.js';
import { withDeadline } from '../stories/with-deadline.js';

/** What the server says of a schedule. */
export interface DescribedSchedule {
  /** Of what does not change by itself, as it is remembered where the schedule is declared. */
  readonly digest: string;
  readonly paused: boolean;
  /** Instants, the nearest first. */
  readonly next: readonly string[];
  /** The newest slot that was taken. */
  readonly last: string | null;
}

const deadlineMs = 3000;
const mostNext = 5;

/** Undefined where the server has no such schedule. Error: `PART_UNAVAILABLE`. */
export async function describeSchedule(client: Client, id: string): Promise<DescribedSchedule | undefined> {
  try {
    const handle = client.schedule.getHandle(id);
    return described(await withDeadline(client, deadlineMs, () => handle.describe()));
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}

function described(description: ScheduleDescription): DescribedSchedule {
  const { state, info } = description;
  return {
    digest: digestOf(description),
    paused: state.paused,
    next: info.nextActionTimes.slice(0, mostNext).map((at) => at.toISOString()),
    last: info.recentActions.at(-1)?.scheduledAt.toISOString() ?? null,
  };
}

function digestOf({ spec, action, policies }: ScheduleDescription): string {
  const { workflowType, taskQueue, args } = action;
  // As JSON has it: dates and typed arrays of the server's answer have no other order than their text.
  const plain: unknown = JSON.parse(JSON.stringify({ spec, workflowType, taskQueue, args, policies }));
  return createHash('sha256').update(canonicalText(plain)).digest('hex');
}
