import { createHash } from 'node:crypto';
import { type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';
import { describedText } from '../../domain/triggers/described-text.js';

/** What the server says of a schedule, without what changes by itself; undefined where it has none. */
export async function describedDigest(
  handle: ScheduleHandle,
): Promise<{ readonly digest: string; readonly paused: boolean } | undefined> {
  try {
    const described = await handle.describe();
    const digest = createHash('sha256').update(describedText(described)).digest('hex');
    return { digest, paused: described.state.paused };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
