import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../db/open-database.js';
import type { WatchStore } from '../../domain/ports/watches.js';
import { createMetricsApp } from '../../gateway/metrics/metrics-app.js';
import { registerPartMetrics } from '../../gateway/metrics/part-metrics.js';
import { registerWatchMetrics } from '../../gateway/metrics/watch-metrics.js';
import { freshDatabase } from '../setup/stack.js';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';
import { servingWorld, watchedEndpoint } from './serving-world.js';

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

describe('what the watch knows', () => {
  let standings: WatchStore['standings'];
  beforeAll(async () => {
    const project = await room.newProject();
    await servingWorld(room, project, { isWanted: false });
    await watchedEndpoint(room, project, 'inc-0123456789abcdef0123');
    standings = async () => (await room.deps.watches.standings()).map((of) => ({ ...of, project: 'p' }));
  });
  const at = 'project="p",endpoint="web"';

  it('is a series of an endpoint and of a column of its model, read once a scrape', async () => {
    const registry = new Registry();
    let reads = 0;
    registerWatchMetrics(registry, {
      standings: () => {
        reads += 1;
        return standings();
      },
    });
    const page = (await registry.metrics()).split('\n').filter((line) => line !== '' && line[0] !== '#');
    expect(reads).toBe(1);
    expect(page).toContain(`ratchet_watch_window_rows{${at},line="inputs"} 400`);
    expect(page).toContain(`ratchet_watch_window_verdict{${at},line="inputs",verdict="fail"} 1`);
    expect(page).toContain(`ratchet_watch_window_verdict{${at},line="inputs",verdict="pass"} 0`);
    expect(page).toContain(`ratchet_watch_drift_distance{${at},column="seats"} 0.4`);
    expect(page).toContain(`ratchet_watch_open_incidents{${at},kind="covariate-drift"} 1`);
    expect(page).toContain(`ratchet_watch_open_incidents{${at},kind="data-skew"} 0`);
    expect(page).toContain('ratchet_watch_readable 1');
  });

  it('has quality, coverage and delay of the newest window of truth, and nothing that was not told', async () => {
    const registry = new Registry();
    const numbers = { labelled: 30, logLoss: 0.6, 'low:logLoss': 0.5, 'delay:p50': 60, 'delay:p90': 90 };
    registerWatchMetrics(registry, {
      standings: async () =>
        (await standings()).map((of) => ({
          ...of,
          newest: of.newest.map((window) => ({ ...window, line: 'truth', rows: 40, numbers })),
        })),
    });
    expect(await lines(registry, 'ratchet_watch_metric')).toEqual([
      `ratchet_watch_metric{${at},metric="logLoss"} 0.6`,
    ]);
    expect(await lines(registry, 'ratchet_watch_label_coverage')).toEqual([
      `ratchet_watch_label_coverage{${at}} 0.75`,
    ]);
    expect(await lines(registry, 'ratchet_watch_label_delay_seconds')).toEqual([
      `ratchet_watch_label_delay_seconds{${at},quantile="0.5"} 60`,
      `ratchet_watch_label_delay_seconds{${at},quantile="0.9"} 90`,
    ]);
    expect(await lines(registry, 'ratchet_watch_drift_distance')).toEqual([]);
  });

  it('leaves no number behind while it cannot be read, and says so', async () => {
    const registry = new Registry();
    let isAway = false;
    registerWatchMetrics(registry, {
      standings: () => (isAway ? Promise.reject(new Error('away')) : standings()),
    });
    expect(await lines(registry, 'ratchet_watch_window_rows')).toHaveLength(1);
    isAway = true;
    const page = (await registry.metrics()).split('\n').filter((line) => line.startsWith('ratchet_'));
    expect(page).toEqual(['ratchet_watch_readable 0']);
  });
});
