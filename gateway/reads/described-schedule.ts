import { createHash } from 'node:crypto';
import { type Client, type ScheduleDescription, ScheduleNotFoundError } from '@temporalio/client';
import { describedText } from '../../domain/triggers/described-text.js';
import { withDeadline } from '../stories/with-deadline.js';

/** What the server says of a schedule. */
export interface DescribedSchedule {
  /** Of what does not change by itself, as it is remembered where the schedule is declared. */
  readonly digest: string;
  readonly paused: boolean;
  /** Instants, the nearest first. */
  readonly next: readonly string[];
  /** Instants at which it was woken of late, the oldest first. */
  readonly ticks: readonly string[];
}

const deadlineMs = 3000;

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
    digest: createHash('sha256').update(describedText(description)).digest('hex'),
    paused: state.paused,
    next: info.nextActionTimes.map((at) => at.toISOString()),
    ticks: info.recentActions.map(({ scheduledAt }) => scheduledAt.toISOString()),
  };
}
