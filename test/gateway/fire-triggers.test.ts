import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import type { TriggerEvent } from '../../domain/triggers/trigger-event.js';
import { alarm } from '../conformance/trigger-store-subject.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';
import { putLine } from './put-line.js';

let room: GatewayRoom;
let project: string;
let tokens: Record<'anna' | 'lisa', string>;
const woken = new Set<string>();
beforeAll(async () => {
  room = await openGatewayRoom();
});
beforeEach(async () => {
  project = await room.newProject();
  tokens = await membersOf(room, project, { anna: ['data-scientist'], lisa: ['reviewer'] });
  await putLine(room, project);
  woken.add(project);
});
afterAll(async () => {
  for (const name of woken)
    await lineOf(name)
      .terminate('the test is over')
      .catch(() => undefined);
  await room.close();
});

const lineOf = (name: string) =>
  room.deps.client.workflow.getHandle(workflowIds.handleTriggers(name, 'delay'));
const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  room.ask('POST', `/api/v1/models/${project}/delay/${path}`, { token: tokens.anna, body, headers });
const list = async (query = '') =>
  (await room.ask('GET', `/api/v1/triggers?project=${project}${query}`, { token: tokens.lisa })).body;
/** Records alarms, and settles those that are given an outcome. */
async function record(...keys: string[]): Promise<readonly TriggerEvent[]> {
  await room.deps.triggers.record(keys.map((key) => alarm(project, key)));
  return (await room.deps.triggers.list({ project })).events.toReversed();
}

describe('firing by hand', () => {
  it('stores an event of the person, and wakes the line of the model', async () => {
    const { status, body } = await post('fire', { reason: 'the labels were mended' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ project, model: 'delay', kind: 'manual', by: 'anna', outcome: null },
      facts: { kind: 'manual', reason: 'the labels were mended' },
      waitsFor: 'its line, which looks at it next',
    });
    expect(body.key).toMatch(/^manual:[0-9a-f-]{36}$/);
    const { status: line, taskQueue, type, searchAttributes } = await lineOf(project).describe();
    expect([line.name, taskQueue, type]).toEqual(['RUNNING', 'orchestrator', 'handleTriggers']);
    expect(searchAttributes).toMatchObject({ RatchetProject: [project], RatchetModel: ['delay'] });
    expect(await signals()).toEqual(['wake']);
    await post('fire');
    expect(await signals()).toEqual(['wake', 'wake']);
  });

  /** What the line was told, by its history. */
  async function signals(): Promise<string[]> {
    const { events = [] } = await lineOf(project).fetchHistory();
    return (events ?? []).flatMap(
      ({ workflowExecutionSignaledEventAttributes: told }) => told?.signalName ?? [],
    );
  }

  it('with the same Idempotency-Key is one event, and with another reason refused', async () => {
    const headers = { 'idempotency-key': 'nightly' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('fire', {}, headers)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await list()).events).toMatchObject([{ key: 'manual:nightly', repeats: 7 }]);
    expect((await post('fire', { reason: 'other' }, headers)).body.error.code).toBe('CONFLICT');
  });

  it('is refused where there is no such model, and to who may only read', async () => {
    const path = `/api/v1/models/${project}/none/fire`;
    const missing = await room.ask('POST', path, { token: tokens.anna, body: {} });
    expect(missing.body.error).toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: `project ${project} has no model "none"; it has delay`,
    });
    const reader = await room.ask('POST', `/api/v1/models/${project}/delay/fire`, {
      token: tokens.lisa,
      body: {},
    });
    expect([reader.status, reader.body.error.code]).toEqual([403, 'FORBIDDEN']);
    expect((await list()).events).toEqual([]);
  });
});

describe('an alarm', () => {
  const drift = { alarm: 'drift of dep_hour', rule: 'psi', value: 0.31, limit: 0.2 };

  it('of a machine is an event that nobody is behind, once an id', async () => {
    const machine = await tokenOf(room, 'watcher', { kind: 'machine' });
    const members = [{ account: 'watcher', roles: ['data-scientist'] as const, emails: [] }];
    await room.deps.accounts.putMembers(project, 'd'.repeat(40), members);
    const send = (body: object) =>
      room.ask('POST', `/api/v1/models/${project}/delay/alarms`, { token: machine, body });
    const at = '2026-01-01T06:00:00+01:00';
    const { status, body } = await send({ ...drift, id: 'w1', endpoint: 'eu', at });
    expect([status, body]).toMatchObject([
      202,
      {
        ...{ key: 'alarm:w1', by: null, at: '2026-01-01T05:00:00.000Z', repeats: 0, outcome: null },
        facts: { ...drift, kind: 'monitoring', endpoint: 'eu' },
      },
    ]);
    expect((await send({ ...drift, id: 'w1', value: 0.4 })).body).toMatchObject({
      ...{ id: body.id, repeats: 1, facts: { value: 0.31 } },
    });
    expect((await lineOf(project).describe()).status.name).toBe('RUNNING');
  });

  it('without an id is one by its name and time, of the person who sends it', async () => {
    const at = '2026-01-01T05:00:00Z';
    const one = await post('alarms', { ...drift, at });
    const same = await post('alarms', { ...drift, at: '2026-01-01T05:00:00.000Z' });
    const later = await post('alarms', drift);
    expect(one.body).toMatchObject({ by: 'anna', facts: { endpoint: null } });
    expect([same.body.id === one.body.id, later.body.id === one.body.id]).toEqual([true, false]);
    expect(one.body.key).toMatch(/^alarm:[0-9a-f]{64}$/);
  });

  it.each([
    ['no alarm', { rule: 'psi' }],
    ['a time without a zone', { ...drift, at: '2026-01-01T05:00:00' }],
    ['a value that is text', { ...drift, value: '0.3' }],
    ['a line break', { ...drift, alarm: 'a\nb' }],
    ['an unknown field', { ...drift, severity: 'high' }],
    ['an endless id', { ...drift, id: 'x'.repeat(201) }],
  ])('with %s is refused', async (_, body) => {
    expect((await post('alarms', body)).body.error.code).toBe('REQUEST_INVALID');
  });
});

describe('stopping runs', () => {
  it('holds a model, says so above its events, and releases it with a reason', async () => {
    const held = await post('hold', { reason: 'the source is moved' });
    expect(held.body).toMatchObject({ project, model: 'delay', by: 'anna', reason: 'the source is moved' });
    expect(await list()).toEqual({ events: [], holds: [held.body], next: null });
    expect((await list('&model=delay')).holds).toEqual([held.body]);
    await expect(lineOf(project).describe()).rejects.toThrow('not found');
    const released = await post('release', { reason: 'it has moved' });
    expect(released.body).toEqual(held.body);
    expect((await lineOf(project).describe()).status.name).toBe('RUNNING');
    expect((await list()).holds).toEqual([]);
    const told = await room.deps.audit.list({ project, subject: 'delay' });
    expect(told.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'model.release-reason anna',
      'model.released anna',
      'model.held anna',
    ]);
    expect(told[0]?.details).toContain('it has moved');
    expect((await post('release', { reason: 'x' })).body.error.code).toBe('CONFLICT');
  });

  it('stops what is announced, once', async () => {
    const events = await record('a', 'b');
    const nothing = await post('veto', { reason: 'no' });
    expect([nothing.status, nothing.body.error.code]).toEqual([409, 'CONFLICT']);
    expect(nothing.body.error.message).toMatch(/^no run of .*\/delay is announced/);
    const line = { project, model: 'delay' };
    const proposed = events.map(({ id }) => id);
    await room.deps.triggers.settle(line, { outcomes: [], proposed, run: null });
    const { body } = await post('veto', { reason: 'the sensor is broken' });
    expect(body).toEqual({ ...line, events: 2 });
    expect((await list()).events).toMatchObject(
      Array(2).fill({ outcome: { rule: 'veto', reason: 'anna: the sensor is broken' } }),
    );
    expect((await post('veto', { reason: 'again' })).status).toBe(409);
  });

  it.each(['hold', 'release', 'veto'])('%s takes a reason and a model that is there', async (verb) => {
    expect((await post(verb)).body.error.code).toBe('REQUEST_INVALID');
    const body = { reason: 'x' };
    const ask = (path: string, token: string | undefined) =>
      room.ask('POST', `/api/v1/models/${path}/${verb}`, { body, ...(token && { token }) });
    const codes = [
      (await ask(`${project}/none`, tokens.anna)).body.error.code,
      (await ask('nowhere/delay', undefined)).body.error.code,
      (await ask(`${project}/delay`, tokens.lisa)).body.error.code,
    ];
    expect(codes).toEqual([
      verb === 'release' ? 'CONFLICT' : 'MODEL_NOT_FOUND',
      'PROJECT_NOT_FOUND',
      'FORBIDDEN',
    ]);
  });
});
