import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Config } from '../temporal.config.js';
import { type ServedMetrics, serveRegistry } from './serve-registry.js';
import type { WorkerDeps } from './worker-deps.js';

type MeasuredDeps = Pick<WorkerDeps, 'client' | 'load'>;

/** `/metrics` and `/healthz` of a worker. The SDK's own metrics are on a port of their own. */
export async function serveMetrics(
  config: Pick<Config, 'metrics' | 'temporal'>,
  deps: MeasuredDeps,
  queue: string,
): Promise<ServedMetrics> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'ratchet_queue_backlog',
    help: 'Activities that wait on the queue of this worker.',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.set({ queue }, await backlog(deps, config.temporal.namespace, queue));
    },
  });
  registerPool(registry, deps);
  return serveRegistry(registry, config.metrics);
}

function registerPool(registry: Registry, { load }: MeasuredDeps): void {
  new Gauge({
    name: 'ratchet_database_calls',
    help: 'Queries and transactions in progress; more than the pool has: some wait.',
    registers: [registry],
    collect() {
      this.set(load().calls);
    },
  });
  new Gauge({
    name: 'ratchet_database_pool_size',
    help: 'Database connections that this process holds at most.',
    registers: [registry],
    collect() {
      this.set(load().poolSize);
    },
  });
}

const activityQueue = 2;

async function backlog(deps: MeasuredDeps, namespace: string, queue: string): Promise<number> {
  const { stats } = await deps.client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    taskQueueType: activityQueue,
    reportStats: true,
  });
  return Number(stats?.approximateBacklogCount ?? 0);
}
