import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { queues, workflowIds } from '../../domain/names.js';
import { wakeSignal } from '../../workflows/messages/triggers.js';
import { withDeadline } from '../stories/with-deadline.js';

const deadlineMs = 10_000;
const againMs = 5000;

/** Tells the inbox that there are deliveries. */
export interface InboxWaker {
  /** Returns at once and never fails: what is stored is not lost while Temporal is away, and this asks again. */
  wake(): void;
  /** Asks no more. */
  stop(): void;
}

/** One request to Temporal at a time, however many deliveries come; those that came meanwhile are one more. */
export function createInboxWaker(client: Client, log: Logger): InboxWaker {
  return createWaker(() => wakeWorkflow(client), log);
}

/** After a failure, which is logged once, it asks again in a while, and not at each delivery that comes meanwhile. */
export function createWaker(
  ask: () => Promise<unknown>,
  log: Pick<Logger, 'warn'>,
  waitMs = againMs,
): InboxWaker {
  let isWanted = false;
  let isBusy = false;
  let isStopped = false;
  let isTold = false;
  let timer: NodeJS.Timeout | undefined;
  const askAll = async () => {
    try {
      while (isWanted && !isStopped) {
        isWanted = false;
        await ask();
        isTold = false;
      }
      isBusy = false;
    } catch (err) {
      if (!isTold) log.warn({ err }, 'the inbox of webhooks could not be woken; what came is stored');
      isTold = true;
      isWanted = true;
      timer = setTimeout(askAll, waitMs).unref();
    }
  };
  return {
    wake() {
      isWanted = true;
      if (isBusy) return;
      isBusy = true;
      void askAll();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

function wakeWorkflow(client: Client): Promise<unknown> {
  return withDeadline(client, deadlineMs, () =>
    client.workflow.signalWithStart('handleDeliveries', {
      workflowId: workflowIds.handleDeliveries(),
      taskQueue: queues.orchestrator,
      args: [],
      signal: wakeSignal,
    }),
  );
}
