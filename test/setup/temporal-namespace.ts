import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';

const patienceMs = 60_000;
const askAgainMs = 100;

/** Makes a namespace that can be used: the server takes a moment to know of a new one everywhere. */
export async function makeNamespace(connection: Connection, namespace: string): Promise<void> {
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  for (const untilMs = Date.now() + patienceMs; ; await sleep(askAgainMs)) {
    try {
      await connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'any' } });
      return;
    } catch (error) {
      if (Date.now() > untilMs) throw error;
    }
  }
}

/** Of the files that run beside each other each has one of these; `worker` counts from 1. */
export const namespaceOf = (worker: number): string => `tests-${worker}`;
