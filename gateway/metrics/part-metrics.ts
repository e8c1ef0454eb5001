import type { Client } from '@temporalio/client';
import { Gauge, type Registry } from 'prom-client';
import type { OpenDatabase } from '../../db/open-database.js';
import { withDeadline } from '../stories/with-deadline.js';
import { type QueueLag, queueLag } from './queue-lag.js';
import { whileAsking } from './while-asking.js';

const deadlineMs = 3000;

/** What the gateway stands on. */
export interface MeasuredParts {
  readonly client: Client;
  readonly database: Pick<OpenDatabase, 'load' | 'ping'>;
}

/**
 * What the gateway knows of the parts behind it: whether they answer, how busy its pool is, how far the queues are
 * behind. A part that is away shows as down and leaves out its numbers, so that no old number stands for a present one.
 */
export function registerPartMetrics(registry: Registry, parts: MeasuredParts): void {
  registerPool(registry, parts.database);
  // Every gauge of one scrape asks at the same time; Temporal is asked once.
  const lags = whileAsking(() => withDeadline(parts.client, deadlineMs, () => queueLag(parts.client)));
  const answers = whileAsking(() => Promise.allSettled([lags(), parts.database.ping()]));
  new Gauge({
    name: 'ratchet_part_up',
    help: 'Whether a part answers the gateway: 1 or 0.',
    labelNames: ['part'],
    registers: [registry],
    async collect() {
      const [temporal, postgres] = await answers();
      this.set({ part: 'temporal' }, temporal.status === 'fulfilled' ? 1 : 0);
      this.set({ part: 'postgres' }, postgres.status === 'fulfilled' ? 1 : 0);
    },
  });
  const registerLag = (name: string, help: string, numberOf: (lag: QueueLag) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['queue', 'tasks'],
      registers: [registry],
      async collect() {
        const [temporal] = await answers();
        this.reset();
        if (temporal.status === 'rejected') return;
        for (const lag of temporal.value) this.set({ queue: lag.queue, tasks: lag.tasks }, numberOf(lag));
      },
    });
  registerLag('ratchet_queue_tasks_waiting', 'Tasks that wait on a queue.', ({ waiting }) => waiting);
  registerLag(
    'ratchet_queue_oldest_task_seconds',
    'How long the oldest task of a queue has waited.',
    ({ oldestSeconds }) => oldestSeconds,
  );
}

function registerPool(registry: Registry, database: MeasuredParts['database']): void {
  const gauges = [
    [
      'ratchet_database_calls',
      'Queries and transactions in progress; more than the pool has: some wait.',
      'calls',
    ],
    ['ratchet_database_pool_size', 'Database connections that this process holds at most.', 'poolSize'],
  ] as const;
  for (const [name, help, field] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(database.load()[field]);
      },
    });
  }
}
