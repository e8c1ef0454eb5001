import { type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';
import { digestOf } from '../data/digest.js';

/** What the server says of a schedule, without what changes by itself; undefined where it has none. */
export async function describedDigest(
  handle: ScheduleHandle,
): Promise<{ readonly digest: string; readonly paused: boolean } | undefined> {
  try {
    const { spec, action, policies, state } = await handle.describe();
    const { workflowType, taskQueue, args } = action;
    // As JSON has it: dates and typed arrays of the server's answer have no other order than their text.
    const plain: unknown = JSON.parse(JSON.stringify({ spec, workflowType, taskQueue, args, policies }));
    return { digest: digestOf(plain), paused: state.paused };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
