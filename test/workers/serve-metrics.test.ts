import type { Client } from '@temporalio/client';
import { expect, it } from 'vitest';
import { loadSection } from '../../temporal.config.js';
import { serveMetrics } from '../../workers/serve-metrics.js';

it('a worker tells of its process, its queue and its pool of database connections', async () => {
  const env = { RATCHET_METRICS_PORT: '0' };
  const config = { metrics: loadSection('metrics', env), temporal: loadSection('temporal', env) };
  const workflowService = { describeTaskQueue: async () => ({ stats: { approximateBacklogCount: 3 } }) };
  const client = { workflowService } as unknown as Client;
  const served = await serveMetrics(config, { client, load: () => ({ calls: 5, poolSize: 8 }) }, 'cpu');
  try {
    const text = await (await fetch(`${served.url}/metrics`)).text();
    const lines = text.split('\n');
    expect(lines).toContain('ratchet_queue_backlog{queue="cpu"} 3');
    expect(lines).toContain('ratchet_database_calls 5');
    expect(lines).toContain('ratchet_database_pool_size 8');
    expect(text).toContain('process_cpu_seconds_total');
  } finally {
    await served.close();
  }
});
