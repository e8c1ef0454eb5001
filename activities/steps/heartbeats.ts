import { cancellationSignal, heartbeat } from '@temporalio/activity';

const intervalMs = 1000;

/**
 * Tells Temporal once a second that the work goes on, as long as it does: this is also how a cancellation arrives.
 * The signal aborts when the activity is to stop. Work that comes to its end all the same has its result; work that
 * stops has the reason of the signal, whatever it threw.
 */
export async function withHeartbeats<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = cancellationSignal();
  const beat = setInterval(() => heartbeat(), intervalMs);
  try {
    return await work(signal);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearInterval(beat);
  }
}
