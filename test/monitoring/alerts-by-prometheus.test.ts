import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { type Listening, listen } from '../../gateway/http/listen.js';
import { createMetricsApp } from '../../gateway/metrics/metrics-app.js';
import { registerWatchMetrics } from '../../gateway/metrics/watch-metrics.js';
import { pickPorts } from '../../machine/free-ports.js';
import { until } from '../../scripts/soak/chaos/until.js';
import { type ServedGateway, serveGateway } from '../cli/served-gateway.js';
import { moment } from '../conformance/serving-subject.js';
import { membersOf, tokenOf } from '../gateway/people.js';
import { putLine } from '../gateway/put-line.js';
import { servingWorld, watchedEndpoint } from '../gateway/serving-world.js';
import { alertmanagerProgram, deployed, describePrometheus } from './prometheus-tools.js';

const patienceMs = 60_000;
const host = '127.0.0.1';

describePrometheus('a real Prometheus with a real Alertmanager', () => {
  let served: ServedGateway;
  let metrics: Listening;
  let folder: string;
  let project: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ratchet-alerts-'));
    served = await serveGateway();
    const { room } = served;
    project = await room.newProject();
    await servingWorld(room, project, { isWanted: false });
    await watchedEndpoint(room, project, 'inc-0123456789abcdef0123');
    await putLine(room, project);
    await judgeTruth();
    const registry = new Registry();
    registerWatchMetrics(registry, room.deps.watches);
    metrics = await listen(createMetricsApp(registry), { host, port: 0 });
    await tokenOf(room, 'alertmanager', { kind: 'machine' });
    const tokens = await membersOf(room, project, { alertmanager: ['ml-engineer'] });
    await startPrograms(tokens.alertmanager);
  });
  afterAll(async () => {
    for (const child of children) await ended(child);
    await served.room.deps.client.workflow
      .getHandle(workflowIds.handleTriggers(project, 'delay'))
      .terminate('the test is over')
      .catch(() => undefined);
    await metrics.close();
    await served.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('scrapes, goes off, and asks for one run of the model of the endpoint', async () => {
    const event = await until('the alert came as an event', patienceMs, async () => {
      const { events } = await served.room.deps.triggers.list({ project });
      return events[0];
    });
    expect(event).toMatchObject({
      ...{ kind: 'monitoring', model: 'delay', by: null, outcome: null },
      facts: { alarm: 'QualityLost', endpoint: 'web', value: -0.2, limit: 0 },
    });
    expect(event.facts).toMatchObject({ rule: `skill of ${project}/web is below 0` });
    const line = served.room.deps.client.workflow.getHandle(workflowIds.handleTriggers(project, 'delay'));
    // The event is stored before its line is told of it.
    const status = await until('the line of the model was told', patienceMs, () =>
      line.describe().then(
        (found) => found.status.name,
        () => undefined,
      ),
    );
    expect(status).toBe('RUNNING');
    await until('it was told again', patienceMs, async () => {
      const { events } = await served.room.deps.triggers.list({ project });
      return (events[0]?.repeats ?? 0) > 0 ? events : undefined;
    });
    expect((await served.room.deps.triggers.list({ project })).events).toHaveLength(1);
  });

  async function judgeTruth(): Promise<void> {
    const { watches } = served.room.deps;
    const newest = await watches.newest({ project, endpoint: 'web' }, 'inputs');
    if (newest === undefined) throw new Error('no window was judged');
    const verdicts = { 'condition:no-skill': 'fail' } as const;
    const window = { ...newest, line: 'truth', from: moment(0), to: moment(1), verdicts } as const;
    await watches.keep({ ...window, numbers: { labelled: 300, skill: -0.2 } }, []);
  }

  /** The files as they are deployed, with addresses and waits of a test. */
  async function startPrograms(token: string): Promise<void> {
    const wishes = ['prometheus', 'alertmanager'].map((name) => ({ name, twin: false }));
    const { prometheus = 0, alertmanager = 0 } = await pickPorts(wishes, process.pid);
    const file = (name: string) => readFile(join(deployed, name), 'utf8');
    const write = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 });
    await write('token', token);
    await write(
      'ratchet-alerts.yml',
      (await file('ratchet-alerts.yml')).replaceAll(/for: \d+\w/g, 'for: 0s'),
    );
    await write(
      'prometheus.yml',
      (await file('prometheus.yml'))
        .replaceAll('15s', '1s')
        .replace('127.0.0.1:9093', `${host}:${alertmanager}`)
        .replace('127.0.0.1:9464', `${host}:${metrics.port}`)
        .replace(/ {2}# Workers, the signer[\s\S]*$/, ''),
    );
    await write(
      'alertmanager.yml',
      (await file('alertmanager.yml'))
        .replace('project="flights"', `project="${project}"`)
        .replace(
          'http://127.0.0.1:8400/hooks/alertmanager/flights',
          `${served.url}/hooks/alertmanager/${project}`,
        )
        .replace('/etc/alertmanager/ratchet-flights.token', join(folder, 'token'))
        .replace('group_wait: 30s', 'group_wait: 0s')
        .replace('group_interval: 5m', 'group_interval: 1s')
        .replace('repeat_interval: 4h', 'repeat_interval: 1s'),
    );
    start(alertmanagerProgram, [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=${host}:${alertmanager}`,
      '--cluster.listen-address=',
    ]);
    start('prometheus', [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=${host}:${prometheus}`,
    ]);
  }

  function start(program: string, args: readonly string[]): void {
    children.push(spawn(program, args, { stdio: 'ignore', cwd: folder }));
  }
});

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
