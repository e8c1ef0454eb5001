import { setTimeout as sleep } from 'node:timers/promises';
import {
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';

/** A connection that is made with the first call. */
export interface TemporalConnection {
  readonly connection: Connection;
  close(): Promise<void>;
}

/** A timer may come so much late. */
const slackMs = 20;

/**
 * Closing waits for calls that are about to be tried again, and nothing is tried again after that: the SDK's try over a
 * connection that is closed throws where nobody can catch it, and ends the process.
 */
export function openTemporalConnection(options: ConnectionOptions): TemporalConnection {
  const { delayFunction, retryableDecider } = defaultGrpcRetryOptions();
  let isClosing = false;
  let lastTryMs = 0;
  const retry = makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => !isClosing && retryableDecider(attempt, status),
    delayFunction(attempt, status) {
      const delayMs = delayFunction(attempt, status);
      lastTryMs = Math.max(lastTryMs, Date.now() + delayMs);
      return delayMs;
    },
  });
  const connection = Connection.lazy({ ...options, interceptors: [retry] });
  return {
    connection,
    async close() {
      isClosing = true;
      const leftMs = lastTryMs - Date.now();
      if (leftMs > -slackMs) await sleep(leftMs + slackMs);
      await connection.close();
    },
  };
}
