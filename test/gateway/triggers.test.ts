import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  EventOutcome,
  PushFacts,
  ScheduleFacts,
  TriggerEvent,
} from '../../domain/triggers/trigger-event.js';
import { alarm, oneRun } from '../conformance/trigger-store-subject.js';
import { type GatewayRoom, newRunId, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';
import { putLine } from './put-line.js';

let room: GatewayRoom;
let project: string;
let tokens: Record<'anna' | 'lisa', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
});
beforeEach(async () => {
  project = await room.newProject();
  tokens = await membersOf(room, project, { anna: ['data-scientist'], lisa: ['reviewer'] });
  await putLine(room, project);
});
afterAll(() => room.close());

const post = (path: string, body: object = {}, headers: Record<string, string> = {}) =>
  room.ask('POST', `/api/v1/models/${project}/delay/${path}`, { token: tokens.anna, body, headers });
const list = async (query = '') =>
  (await room.ask('GET', `/api/v1/triggers?project=${project}${query}`, { token: tokens.lisa })).body;
const show = (id: string) => room.ask('GET', `/api/v1/triggers/${id}`, { token: tokens.lisa });

/** Records alarms, and settles those that are given an outcome. */
async function record(...keys: string[]): Promise<readonly TriggerEvent[]> {
  await room.deps.triggers.record(keys.map((key) => alarm(project, key)));
  return (await room.deps.triggers.list({ project })).events.toReversed();
}
const settle = (event: TriggerEvent | undefined, outcome: EventOutcome) =>
  room.deps.triggers.settle(
    { project, model: 'delay' },
    { outcomes: [{ id: event?.id ?? '', outcome }], proposed: [], run: null },
  );

describe('events', () => {
  it('are listed newest first, each with what became of it', async () => {
    const [first, second, third] = await record('a', 'b', 'c');
    const run = newRunId();
    const causes = [first, second].flatMap((event) => event ?? []);
    await room.deps.triggers.settle({ project, model: 'delay' }, oneRun(run, causes));
    await settle(third, { kind: 'suppressed', rule: 'cool-down', reason: `run ${run} is in flight` });
    const { events, holds, next } = await list();
    const none = { runId: null, rule: null, reason: null };
    expect(events.map(({ key, outcome }: TriggerEvent) => [key, outcome])).toEqual([
      ['c', { ...none, kind: 'suppressed', rule: 'cool-down', reason: `run ${run} is in flight` }],
      ['b', { ...none, kind: 'merged', runId: run }],
      ['a', { ...none, kind: 'started', runId: run }],
    ]);
    expect(events[0]).toMatchObject({ kind: 'monitoring', facts: { rule: 'psi' }, waitsFor: null });
    expect([holds, next]).toEqual([[], null]);
    expect((await show(first?.id ?? '')).body).toEqual(events[2]);
  });

  it('are narrowed by model, kind, outcome and run, page by page', async () => {
    const [first] = await record('a', 'b', 'c');
    const run = newRunId();
    await room.deps.triggers.settle({ project, model: 'delay' }, oneRun(run, first ? [first] : []));
    const keys = async (query: string) => (await list(query)).events.map(({ key }: TriggerEvent) => key);
    expect(await keys('&model=delay&kind=monitoring&outcome=pending')).toEqual(['c', 'b']);
    expect(await keys(`&run=${run}`)).toEqual(['a']);
    expect(await keys('&kind=push')).toEqual([]);
    const page = await list('&limit=2');
    const rest = await list(`&limit=2&after=${page.next}`);
    expect([page.events.length, rest.events.map(({ key }: TriggerEvent) => key)]).toEqual([2, ['a']]);
    expect(rest.next).toBeNull();
  });

  it('are refused where the query is, and not found where they are not', async () => {
    const ask = (path: string) => room.ask('GET', `/api/v1/triggers${path}`);
    for (const query of ['?outcome=lost', '?kind=any', '?run=x', '?limit=201', '?after=x', '?who=me'])
      expect([query, (await ask(query)).body.error.code]).toEqual([query, 'REQUEST_INVALID']);
    expect((await ask('?project=nowhere')).body.error.code).toBe('PROJECT_NOT_FOUND');
    expect((await ask(`?project=${project}&model=none`)).body.error.code).toBe('MODEL_NOT_FOUND');
    expect((await ask(`?run=${newRunId()}`)).body.events).toEqual([]);
    for (const id of ['x', newRunId()])
      expect((await ask(`/${id}`)).body.error).toMatchObject({
        code: 'NOT_FOUND',
        message: `there is no event "${id}"`,
      });
  });

  it('are nobody else’s to read', async () => {
    const [event] = await record('a');
    const outside = await tokenOf(room, 'an-outsider');
    const ask = (path: string) => room.ask('GET', path, { token: outside });
    expect((await ask(`/api/v1/triggers/${event?.id}`)).body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: `there is no event "${event?.id}"`,
    });
    expect((await ask(`/api/v1/triggers?project=${project}`)).body.error.code).toBe('PROJECT_NOT_FOUND');
    expect((await ask('/api/v1/triggers')).body).toEqual({ events: [], holds: [], next: null });
  });
});

describe('a pending event', () => {
  const waits = async () =>
    (await list('&outcome=pending')).events.map((event: { waitsFor: string }) => event.waitsFor);

  it('says what it waits for, by the settings in force', async () => {
    await putLine(room, project, { handling: { debounce: '5 minutes' } });
    await record('a');
    const [event] = (await list()).events;
    expect(event.waitsFor).toBe(`others, until ${event.waitsUntil} (debounce of 5 minutes)`);
    expect(Date.parse(event.waitsUntil)).toBe(Date.parse(event.receivedAt) + 300_000);
  });

  it('waits for who holds the model, for the run in flight, for the budget', async () => {
    await record('a');
    await post('hold', { reason: 'an audit' });
    await room.deps.triggers.record([
      alarm(project, 'b', { kind: 'promotion', facts: { kind: 'promotion', version: 3 } }),
    ]);
    expect(await waits()).toEqual(Array(2).fill('the release by anna, who holds the model: an audit'));
    await room.deps.triggers.release({ project, model: 'delay' }, 'anna');
    const { pending } = await room.deps.triggers.line({ project, model: 'delay' }, { limit: 9, since });
    const run = newRunId();
    await room.deps.triggers.settle({ project, model: 'delay' }, oneRun(run, pending.slice(0, 1)));
    expect(await waits()).toEqual([`the end of run ${run}`]);
    await room.deps.runs.setStatus(run, 'succeeded', null);
    const { repo, ref, commit, config } = await room.deps.projects.get(project);
    const budgets = { runsPerWeek: 1 };
    await room.deps.projects.put({ name: project, repo, ref, commit, config: { ...config, budgets } });
    expect(await waits()).toEqual(['the budget of 1 automatic runs in seven days, of which 1 are used']);
  });
  const since = new Date(0).toISOString();

  it('waits for its line where that would settle it now, and behind what starts', async () => {
    await putLine(room, project, { schedules: { nightly: { cron: '0 3 * * *' } } });
    const slot = (variant: string) => {
      const at = { slot: '2026-01-05T03:00', timeZone: 'UTC' };
      const facts: ScheduleFacts = { kind: 'schedule', schedule: 'nightly', ...at, variant };
      return alarm(project, variant, { kind: 'schedule', facts });
    };
    await room.deps.triggers.record([slot('deep'), slot('wide')]);
    expect((await waits()).toReversed()).toEqual([
      'its line, which looks at it next',
      'the end of the run that is about to start',
    ]);
    await room.deps.modelLines.put(project, []);
    expect(await waits()).toEqual(Array(2).fill('its line, which looks at it next'));
  });
});

describe('a run', () => {
  it('walks back to each of its causes', async () => {
    const push: PushFacts = {
      kind: 'push',
      ref: 'refs/heads/main',
      commit: 'c'.repeat(40),
      before: null,
      author: 'Ann',
      subject: 'Mend the labels',
      paths: ['delay/train.py'],
      files: 7,
    };
    await room.deps.triggers.record([
      ...Array.from({ length: 25 }, (_, turn) => alarm(project, `alarm ${turn}`)),
      alarm(project, 'push:c', { kind: 'push', by: 'Ann', facts: push }),
    ]);
    const line = { project, model: 'delay' };
    const { pending } = await room.deps.triggers.line(line, { limit: 99, since: new Date(0).toISOString() });
    const run = newRunId();
    await room.deps.triggers.settle(line, oneRun(run, pending, false));
    const { body } = await room.ask('GET', `/api/v1/runs/${run}`, { token: tokens.lisa });
    const causes: { kind: string; facts: object; more?: number; event: string }[] = body.causes;
    expect([body.automatic, causes.length]).toEqual([false, 21]);
    expect(causes.find(({ kind }) => kind === 'push')).toMatchObject({ by: 'Ann', facts: push });
    expect(causes.flatMap(({ more }) => more ?? [])).toEqual([5]);
    expect((await show(causes[0]?.event ?? '')).body.outcome.runId).toBe(run);
  });
});
