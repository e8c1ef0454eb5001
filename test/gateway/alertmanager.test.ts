import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { putLine } from './put-line.js';
import { servingWorld } from './serving-world.js';

let room: GatewayRoom;
let project: string;
let tokens: Record<'anna' | 'lisa', string>;
const woken: string[] = [];
beforeAll(async () => {
  room = await openGatewayRoom();
});
beforeEach(async () => {
  project = await room.newProject();
  tokens = await membersOf(room, project, { anna: ['data-scientist'], lisa: ['reviewer'] });
  await servingWorld(room, project, { isWanted: false });
  await putLine(room, project);
  woken.push(project);
});
afterAll(async () => {
  for (const name of woken)
    await room.deps.client.workflow
      .getHandle(workflowIds.handleTriggers(name, 'delay'))
      .terminate('the test is over')
      .catch(() => undefined);
  await room.close();
});

const alert = (more: object = {}, labels: object = {}) => ({
  ...{ status: 'firing', startsAt: '2026-03-01T06:00:00.123456789Z', endsAt: '0001-01-01T00:00:00Z' },
  ...{ generatorURL: 'http://prometheus/graph', fingerprint: 'c4d1ab9d8ee1b2a3' },
  labels: { alertname: 'QualityLost', endpoint: 'web', project, metric: 'skill', ...labels },
  annotations: { summary: 'no skill is left', value: '-0.12', limit: '0' },
  ...more,
});
const notify = (alerts: readonly object[], more: object = {}, token = tokens.anna) =>
  room.ask('POST', `/hooks/alertmanager/${project}`, {
    token,
    body: {
      ...{ version: '4', groupKey: '{}:{}', truncatedAlerts: 0, status: 'firing', receiver: 'ratchet' },
      ...{ groupLabels: {}, commonLabels: {}, commonAnnotations: {}, externalURL: 'http://alertmanager' },
      ...{ alerts, ...more },
    },
  });
const events = async () => (await room.deps.triggers.list({ project })).events;

describe('a notification of Alertmanager', () => {
  it('is an event of the model of the endpoint, once however often it is told', async () => {
    const first = await notify([alert()]);
    expect(first.status).toBe(202);
    const [event] = await events();
    expect(event).toMatchObject({
      ...{ kind: 'monitoring', model: 'delay', by: 'anna', at: '2026-03-01T06:00:00.123Z', outcome: null },
      facts: { alarm: 'QualityLost', rule: 'no skill is left', value: -0.12, limit: 0, endpoint: 'web' },
    });
    const told = { fingerprint: 'c4d1ab9d8ee1b2a3', endpoint: 'web', status: 'firing', event: event?.id };
    expect(first.body).toEqual({ alerts: [told], truncatedAlerts: 0 });
    await notify([alert()]);
    expect(await events()).toMatchObject([{ id: event?.id, repeats: 1 }]);
    await notify([alert({ startsAt: '2026-03-02T06:00:00Z' })]);
    expect(await events()).toHaveLength(2);
    const line = room.deps.client.workflow.getHandle(workflowIds.handleTriggers(project, 'delay'));
    expect((await line.describe()).status.name).toBe('RUNNING');
  });

  it('tells of one that is over beside its event, and asks for nothing', async () => {
    const over = alert({ status: 'resolved', endsAt: '2026-03-01T07:00:00Z' });
    const early = await notify([over], { status: 'resolved' });
    expect([early.status, early.body.alerts[0]]).toEqual([
      202,
      expect.objectContaining({ status: 'resolved', event: null }),
    ]);
    expect(await events()).toEqual([]);
    await notify([alert()]);
    const late = await notify([over], { status: 'resolved' });
    const [event] = await events();
    expect(late.body.alerts).toMatchObject([{ status: 'resolved', event: event?.id }]);
    const rows = await room.deps.audit.list({ project, action: 'alert.resolved' });
    expect(rows).toMatchObject([{ subject: 'delay', actor: 'anna' }]);
    expect(await events()).toMatchObject([{ repeats: 0 }]);
  });

  it('names what belongs to no endpoint, and takes the rest', async () => {
    const { status, body } = await notify([
      alert({ fingerprint: 'a1' }, { endpoint: 'none' }),
      alert({ fingerprint: 'a2' }, { endpoint: undefined, project: undefined }),
      alert({ fingerprint: 'a3' }, { project: 'another' }),
      alert({ fingerprint: 'a4' }),
    ]);
    expect([status, body.error.code]).toEqual([404, 'ENDPOINT_NOT_FOUND']);
    expect(body.error.message).toContain('alert "QualityLost" names endpoint "none"');
    expect(body.error.message).toContain('has no label "endpoint"');
    expect(body.error.message).toContain('is of project "another"');
    expect(body.error.message).toContain('1 others are taken');
    expect((await events()).map(({ key }) => key)).toEqual(['alarm:a4@2026-03-01T06:00:00.123Z']);
  });

  it('is refused where it is no notification of version 4, and stores nothing', async () => {
    for (const [alerts, more] of [
      [[alert()], { version: '3' }],
      [[alert({ fingerprint: 'not hexadecimal' })], {}],
      [[alert({ startsAt: 'yesterday' })], {}],
      [Array.from({ length: 101 }, () => alert()), {}],
      [undefined, {}],
    ] as const) {
      const { status, body } = await notify(alerts as object[], more);
      expect([status, body.error.code]).toEqual([400, 'REQUEST_INVALID']);
    }
    const huge = { raw: `{"version":"4","alerts":[],"pad":"${'x'.repeat(2 * 1024 ** 2)}"}` };
    const headers = { 'content-type': 'application/json' };
    const path = `/hooks/alertmanager/${project}`;
    expect((await room.ask('POST', path, { token: tokens.anna, headers, ...huge })).status).toBe(413);
    expect((await notify([])).body).toEqual({ alerts: [], truncatedAlerts: 0 });
    expect(await events()).toEqual([]);
  });

  it('is taken of who may run alone', async () => {
    expect((await notify([alert()], {}, tokens.lisa)).status).toBe(403);
    const anonymous = await room.ask('POST', `/hooks/alertmanager/${project}`, { token: null, body: {} });
    expect(anonymous.status).toBe(401);
    expect(await events()).toEqual([]);
  });

  it('shows what a terminal or a page would obey as it stands', async () => {
    await notify([alert({ annotations: { summary: '\u001b[2J\u202e<script>' } }, { alertname: 'a\nb' })]);
    expect((await events())[0]?.facts).toMatchObject({ alarm: 'a\\x0ab', rule: '\\x1b[2J\\u202e<script>' });
  });
});
