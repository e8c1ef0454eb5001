import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../db/open-database.js';
import { createMetricsApp } from '../../gateway/metrics/metrics-app.js';
import { registerPartMetrics } from '../../gateway/metrics/part-metrics.js';
import { freshDatabase } from '../setup/stack.js';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';

let room: GatewayRoom;
let database: OpenDatabase;
let drop: () => Promise<void>;
beforeAll(async () => {
  room = await openGatewayRoom();
  const fresh = await freshDatabase();
  drop = fresh.drop;
  database = await openDatabase({ url: fresh.appUrl, poolSize: 3, application: 'test' });
});
afterAll(async () => {
  await database.close();
  await drop();
  await room.close();
});

/** Lines of one metric, without comments. */
async function lines(registry: Registry, name: string): Promise<string[]> {
  const response = await createMetricsApp(registry).request('/metrics');
  expect(response.status).toBe(200);
  return (await response.text()).split('\n').filter((line) => new RegExp(`^${name}[ {_]`).test(line));
}

describe('the requests of the gateway', () => {
  it('are counted by pattern, so that no caller can make series', async () => {
    const { metrics } = room.deps;
    for (let n = 0; n < 30; n += 1) {
      await room.ask('GET', `/api/v1/runs/${newRunId()}`);
      await room.ask('GET', `/random/${newRunId()}`);
      await room.ask(`PURGE${n}`, `/api/v1/${newRunId()}`);
      await room.ask('GET', '/api/v1/runs', { headers: { host: `${newRunId()}.example` } });
    }
    const counts = await lines(metrics, 'ratchet_gateway_request_seconds_count');
    expect(counts).toContain(
      'ratchet_gateway_request_seconds_count{route="/api/v1/runs/:id",method="GET",status="404"} 30',
    );
    expect(counts).toContain(
      'ratchet_gateway_request_seconds_count{route="/*",method="other",status="404"} 30',
    );
    expect(counts).toContain(
      'ratchet_gateway_request_seconds_count{route="/api/v1/runs",method="GET",status="403"} 30',
    );
    expect(counts.length).toBeLessThan(8);
  });
});

describe('the parts behind the gateway', () => {
  it('show as up, with the pool and every queue, polled or not', async () => {
    const registry = new Registry();
    registerPartMetrics(registry, { client: room.deps.client, database });
    expect(await lines(registry, 'ratchet_part_up')).toEqual([
      'ratchet_part_up{part="temporal"} 1',
      'ratchet_part_up{part="postgres"} 1',
    ]);
    expect(await lines(registry, 'ratchet_database_pool_size')).toEqual(['ratchet_database_pool_size 3']);
    expect(await lines(registry, 'ratchet_database_calls')).toEqual([
      expect.stringMatching(/^ratchet_database_calls \d+$/),
    ]);
    for (const name of ['ratchet_queue_tasks_waiting', 'ratchet_queue_oldest_task_seconds']) {
      const first = new Registry();
      registerPartMetrics(first, { client: room.deps.client, database });
      const queues = await lines(first, name);
      const named = queues.filter((line) => line.startsWith(`${name}{`)).map((line) => line.split('}')[0]);
      expect(named).toEqual([
        `${name}{queue="orchestrator",tasks="workflow"`,
        `${name}{queue="orchestrator",tasks="activity"`,
        `${name}{queue="cpu",tasks="activity"`,
        `${name}{queue="gpu",tasks="activity"`,
      ]);
    }
  });

  it('show as down without an old number beside them', async () => {
    const registry = new Registry();
    const away = await openGatewayRoom({ temporalAddress: '127.0.0.1:9' });
    const refusing = { ...database, ping: () => Promise.reject(new Error('away')) };
    registerPartMetrics(registry, { client: away.deps.client, database: refusing });
    expect(await lines(registry, 'ratchet_part_up')).toEqual([
      'ratchet_part_up{part="temporal"} 0',
      'ratchet_part_up{part="postgres"} 0',
    ]);
    expect(await lines(registry, 'ratchet_queue_tasks_waiting')).toEqual([]);
    await away.close();
  });

  it('say nothing else at any other address', async () => {
    const app = createMetricsApp(new Registry());
    expect((await app.request('/healthz')).status).toBe(200);
    expect((await app.request('/api/v1/runs')).status).toBe(404);
  });
});
