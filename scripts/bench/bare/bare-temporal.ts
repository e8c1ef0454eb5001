import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { load } from '../load.js';
import type { bare, count } from './workflow.js';

const taskQueue = 'bare';

/** Temporal alone, with a worker in a process of its own. */
export interface BareTemporal {
  /** Milliseconds from the start of a workflow with that many activities to its end. */
  run(activities: number): Promise<number>;
  /** Milliseconds from the first of that many signals to one workflow, so many at a time, to its end. */
  count(signals: number, atOnce: number): Promise<number>;
  close(): Promise<void>;
}

export async function startBareTemporal(client: Client, address: string): Promise<BareTemporal> {
  const worker = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), [address, taskQueue]);
  await once(worker, 'message');
  return {
    run: async (activities) => {
      const began = performance.now();
      await client.workflow.execute<typeof bare>('bare', {
        taskQueue,
        workflowId: `bare/${randomUUID()}`,
        args: [activities],
      });
      return performance.now() - began;
    },
    count: async (signals, atOnce) => {
      const workflowId = `count/${randomUUID()}`;
      const handle = await client.workflow.start<typeof count>('count', {
        taskQueue,
        workflowId,
        args: [signals],
      });
      const began = performance.now();
      await load({ requests: signals, atOnce }, () => handle.signal('happened'));
      await handle.result();
      return performance.now() - began;
    },
    close: async () => {
      worker.disconnect();
      await once(worker, 'exit');
    },
  };
}
