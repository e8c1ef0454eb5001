import type { Client } from '@temporalio/client';
import { queues } from '../../domain/names.js';
import { millisOf } from '../reads/proto-time.js';

export interface QueueLag {
  readonly queue: string;
  readonly tasks: 'workflow' | 'activity';
  readonly waiting: number;
  readonly oldestSeconds: number;
}

/** Temporal's numbers for the kinds of tasks. */
const kinds = { workflow: 1, activity: 2 } as const;

const watched = [
  { queue: queues.orchestrator, tasks: 'workflow' },
  { queue: queues.orchestrator, tasks: 'activity' },
  { queue: queues.cpu, tasks: 'activity' },
  { queue: queues.gpu, tasks: 'activity' },
] as const;

/** How far each queue is behind, also those that no worker polls. One after the other: Temporal has more to do. */
export async function queueLag(client: Client): Promise<readonly QueueLag[]> {
  const lags: QueueLag[] = [];
  for (const { queue, tasks } of watched) {
    const { stats } = await client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: queue },
      taskQueueType: kinds[tasks],
      reportStats: true,
    });
    lags.push({
      queue,
      tasks,
      waiting: Number(stats?.approximateBacklogCount ?? 0),
      oldestSeconds: millisOf(stats?.approximateBacklogAge) / 1000,
    });
  }
  return lags;
}
