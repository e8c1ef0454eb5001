import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTriggerStore } from '../../db/triggers.js';
import type { TriggerStore } from '../../domain/ports/trigger-events.js';
import { alarm, oneRun } from '../conformance/trigger-store-subject.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

describe('events of triggers, by their tables alone', () => {
  let room: DatabaseRoom;
  let app: Sql;
  let triggers: TriggerStore;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    app = postgres(room.appUrl, { max: 1, onnotice: () => undefined });
    triggers = createTriggerStore(room.database);
  });
  afterAll(async () => {
    await app.end();
    await room.close();
  });
  const record = async (project: string, ...keys: string[]) => {
    await triggers.record(keys.map((key) => alarm(project, key)));
    const since = new Date(0).toISOString();
    return (await triggers.line({ project, model: 'delay' }, { limit: 10_000, since })).pending;
  };
  const refusal = (constraint: string) => ({ constraint_name: constraint });

  it('keep what became of them, and since when they are announced, from whoever writes past the store', async () => {
    const project = await room.newProject();
    const causes = await record(project, 'a');
    await triggers.settle({ project, model: 'delay' }, oneRun(`${project}-run`, causes));
    const changes = [
      app`update trigger_events set outcome = 'merged' where project = ${project}`,
      app`update trigger_events set outcome = null, run_id = null where project = ${project}`,
      app`update trigger_events set proposed_at = now() where project = ${project}`,
    ];
    for (const change of changes) {
      await expect(change).rejects.toMatchObject(refusal('trigger_events_settled_once'));
    }
    const [event] = (await triggers.list({ project })).events;
    expect(event).toMatchObject({ outcome: { kind: 'started' }, proposedAt: null });
  });

  it('have times that are the database’s own', async () => {
    const project = await room.newProject();
    const [event] = await record(project, 'a');
    const past = new Date('2001-01-01');
    await app`update trigger_events set proposed_at = ${past} where id = ${event?.id ?? ''}`;
    const { proposedAt } = await triggers.get(event?.id ?? '');
    expect(Date.parse(proposedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await app`update trigger_events set proposed_at = ${past} where id = ${event?.id ?? ''}`;
    expect((await triggers.get(event?.id ?? '')).proposedAt).toBe(proposedAt);
  });

  it('are started by one event a run, and stopped by a veto only where its row says who', async () => {
    const project = await room.newProject();
    const [a, b] = await record(project, 'a', 'b');
    if (!a || !b) throw new Error('two events were recorded');
    const runId = `${project}-run`;
    await triggers.settle({ project, model: 'delay' }, oneRun(runId, [a]));
    const second = app`update trigger_events set outcome = 'started', run_id = ${runId} where id = ${b.id}`;
    await expect(second).rejects.toMatchObject(refusal('trigger_events_starts'));
    const stopped = app`
      update trigger_events set outcome = 'suppressed', rule = 'veto', reason = 'no' where id = ${b.id}`;
    await expect(stopped).rejects.toMatchObject(refusal('trigger_events_vetoed'));
    const bare = app`update trigger_events set outcome = 'suppressed' where id = ${b.id}`;
    await expect(bare).rejects.toMatchObject(refusal('trigger_events_why'));
  });

  it.each([
    ['trigger_events', 'key'],
    ['trigger_events', 'facts'],
    ['trigger_events', 'received_at'],
    ['trigger_events', 'settled_at'],
    ['vetoes', 'reason'],
    ['letters', 'notice'],
    ['letter_attempts', 'error'],
    ['deliveries', 'content'],
    ['tracked_refs', 'ref'],
    ['watermarks', 'name'],
    ['model_lines', 'triggers'],
    ['model_holds', 'since'],
  ])('let the application change nothing of %s in %s', async (table, column) => {
    const change = app`update ${app(table)} set ${app(column)} = ${app(column)}`;
    await expect(change).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['trigger_events', 'vetoes', 'letters', 'letter_attempts', 'tracked_refs', 'watermarks'])(
    'let the application delete none of %s',
    async (table) => {
      await expect(app`delete from ${app(table)}`).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('become one run out of a thousand, with one row of the chain', async () => {
    const project = await room.newProject();
    const storm = Array.from({ length: 1000 }, (_, turn) => `alarm-${turn}`);
    const causes = await record(project, ...storm);
    await triggers.settle({ project, model: 'delay' }, oneRun(`${project}-run`, causes));
    const rows =
      await app`select outcome, count(*)::int from trigger_events where project = ${project} group by 1`;
    expect(Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]))).toEqual({
      started: 1,
      merged: 999,
    });
    const audited = await app`
      select action from audit_events where project = ${project} and action <> 'project.added'`;
    expect(audited.map(({ action }) => action)).toEqual(['run.created']);
  });
});
