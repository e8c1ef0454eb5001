import { createHash, randomUUID } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingAs } from '../../db/acting.js';
import { createAuditLog } from '../../db/audit-log.js';
import { connect } from '../../db/client.js';
import { createProjectStore } from '../../db/projects.js';
import { createRunStore } from '../../db/runs.js';
import { verifyAudit } from '../../db/verify-audit.js';
import { chainText } from '../../domain/audit/chain-text.js';
import { codeOf } from '../conformance/error-code.js';
import { newRun } from '../conformance/run-store-subject.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

const nasty = [
  '',
  'plain',
  '12:looks like a length',
  'über Straße',
  'e\u0301 combining',
  '\u{1F469}\u200D\u{1F680} joined',
  '\u{10FFFF}\uFFFD\uFEFF',
  '\u202Eright to left',
  'tab\tnew\nline\r"quote\'\\',
  '\u{1F600}'.repeat(300),
];

describe('the audit chain', () => {
  let room: DatabaseRoom;
  let app: Sql;
  beforeAll(async () => {
    room = await openDatabaseRoom();
    app = postgres(room.appUrl, { max: 1, onnotice: () => undefined });
  });
  afterAll(async () => {
    await app.end();
    await room.close();
  });
  const audit = () => createAuditLog(room.database);
  const expectWhole = async () => {
    const report = await verifyAudit(audit().rows(1), { head: await audit().head() });
    expect(report.findings).toEqual([]);
    return report;
  };

  it('hashes the text that the domain writes, of any characters', async () => {
    for (const [index, text] of nasty.entries()) {
      const other = nasty[(index + 3) % nasty.length] ?? '';
      const at = '2024-05-01T00:00:00.123Z';
      const fields = [String(index + 1), at, text, other, text, other, text, 'f'.repeat(64)];
      const [row] = await room.admin<{ text: string; hash: string }[]>`
        select audit_chain_text(${fields}) as text,
          encode(sha256(convert_to(audit_chain_text(${fields}), 'UTF8')), 'hex') as hash`;
      const expected = chainText({
        seq: index + 1,
        at,
        actor: text,
        action: other,
        project: text,
        subject: other,
        details: text,
        previous: 'f'.repeat(64),
      });
      expect(row?.text).toBe(expected);
      expect(row?.hash).toBe(createHash('sha256').update(expected, 'utf8').digest('hex'));
    }
  });

  it('has a row of a change that nobody told it of, with who did it and what matters', async () => {
    const project = await room.newProject();
    const [added] = await audit().list({ project });
    expect(added).toMatchObject({ action: 'project.added', actor: 'system/test', subject: project });
    const { run } = await actingAs('ann', () => createRunStore(room.database).create(newRun(project, 'one')));
    const [created] = await audit().list({ project, limit: 1 });
    expect(created).toMatchObject({ action: 'run.created', actor: 'ann', subject: run.id });
    expect(JSON.parse(created?.details ?? '')).toMatchObject({ model: 'delay', ref: 'main' });
    await createRunStore(room.database).setStatus(run.id, 'failed', 'the reason');
    const [ended] = await audit().list({ project, limit: 1 });
    expect(ended).toMatchObject({ action: 'run.ended', actor: 'system/test' });
    expect(JSON.parse(ended?.details ?? '')).toMatchObject({
      status: 'failed',
      before: { status: 'running' },
    });
    await expectWhole();
  });

  it('names the user of the server where neither an actor nor a program of ours is known', async () => {
    await room.admin`update projects set ref = 'by hand' where name = (select name from projects limit 1)`;
    const [row] = await audit().list({ limit: 1 });
    expect(row).toMatchObject({ action: 'project.changed', actor: 'database/ratchet' });
  });

  it('forgets an actor with the transaction, also on the same connection', async () => {
    const database = connect(room.appUrl, { poolSize: 1, application: 'single' });
    const projects = createProjectStore(database);
    const record = await projects.get(await room.newProject());
    await actingAs('ann', () => projects.put({ ...record, ref: 'first' }));
    await projects.put({ ...record, ref: 'second' });
    await actingAs('ann', () => actingAs('bob', () => projects.put({ ...record, ref: 'third' })));
    await database.close();
    const rows = await audit().list({ project: record.name, action: 'project.changed' });
    expect(rows.map(({ actor }) => actor)).toEqual(['bob', 'system/single', 'ann']);
  });

  it('has no row of what was undone, and no gap', async () => {
    const before = await audit().head();
    const undone = room.database.transaction(async (session) => {
      await session.execute(`update projects set ref = 'undone'`);
      throw new Error('enough');
    });
    await expect(undone).rejects.toThrow('enough');
    expect(await audit().head()).toEqual(before);
    await createProjectStore(room.database).get(await room.newProject());
    expect((await audit().head())?.seq).toBe((before?.seq ?? 0) + 1);
    await expectWhole();
  });

  it('stays whole under fifty writers at once', async () => {
    const database = connect(room.appUrl, { poolSize: 50, application: 'many' });
    const project = await room.newProject();
    const before = (await audit().head())?.seq ?? 0;
    const writers = Array.from({ length: 50 }, async (_, writer) => {
      const runs = createRunStore(database);
      for (let turn = 0; turn < 4; turn += 1) {
        const run = newRun(project, `${writer}-${turn}`);
        await actingAs(`writer-${writer}`, () => runs.create(run));
        await actingAs(`writer-${writer}`, () => runs.setStatus(run.id, 'succeeded', null));
      }
    });
    await Promise.all(writers);
    await database.close();
    const { rows } = await expectWhole();
    expect(rows - before).toBe(400);
    expect(await audit().list({ actor: 'writer-7' })).toHaveLength(8);
  });

  it('has nothing of a transaction whose connection is killed on the way', async () => {
    const database = connect(room.appUrl, { poolSize: 1, application: 'to-be-killed' });
    const before = await audit().head();
    const killed = database.transaction(async (session) => {
      await session.execute(`update projects set ref = 'killed'`);
      await room.admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to-be-killed'`;
      await session.execute(`update projects set ref = 'killed again'`);
    });
    expect(await codeOf(killed)).toBe('PART_UNAVAILABLE');
    await database.close();
    expect(await audit().head()).toEqual(before);
    expect(await room.admin`select from projects where ref like 'killed%'`).toHaveLength(0);
    await room.newProject();
    await expectWhole();
  });

  it('takes what is told, of any characters, and not what a change writes itself', async () => {
    for (const text of [...nasty, 'nul \0 and half \uD83D', String.raw`a \u0000 that is text`]) {
      await actingAs(`actor ${text.slice(0, 50).replaceAll('\0', '')}`, () =>
        audit().append({ action: 'blob.read', project: 'p', subject: `of ${text}`, details: { text } }),
      );
    }
    const told = { action: 'model.promoted', project: 'p', subject: 'delay@1', details: {} };
    expect(await codeOf(audit().append(told))).toBe('INTERNAL');
    await expectWhole();
  });

  it('is written by nobody but its own functions', async () => {
    const denied = { code: '42501' };
    const row = { seq: 1, at: new Date(), actor: 'a', action: 'a.b', subject: 's', details: '{}' };
    const hashes = { previous: 'a'.repeat(64), hash: 'b'.repeat(64) };
    await expect(app`insert into audit_events ${app({ ...row, ...hashes })}`).rejects.toMatchObject(denied);
    for (const table of ['audit_events', 'audit_head', 'audit_checkpoints']) {
      await expect(app`delete from ${app(table)}`).rejects.toMatchObject(denied);
      await expect(app`update ${app(table)} set seq = seq`).rejects.toMatchObject(denied);
      await expect(app`truncate ${app(table)}`).rejects.toMatchObject(denied);
    }
    await expect(app`select audit_write('a.b', null, 's', '{}')`).rejects.toMatchObject(denied);
    // On a table of one's own the trigger's function would write whatever one likes.
    const [may] = await app`select has_function_privilege('audit_change()', 'execute') as execute`;
    expect(may).toEqual({ execute: false });
    await expect(app`alter table runs disable trigger audit_run_created`).rejects.toMatchObject(denied);
  });

  it('never holds the hash of a code or a token', async () => {
    const [secret, code] = ['5'.repeat(64), '6'.repeat(64)];
    const id = randomUUID();
    await app`insert into accounts (name, kind, admin) values (${id}, 'person', false)`;
    await app`insert into sign_in_codes (sha256, account, expires_at) values (${code}, ${id}, now())`;
    await app`
      insert into tokens (id, account, label, method, sha256, expires_at)
      values (${id}, ${id}, 'mine', 'issued', ${secret}, now())`;
    await app`update tokens set revoked_at = now() where id = ${id}`;
    await app`update sign_in_codes set used_at = now() where account = ${id}`;
    const rows = (await audit().list({ limit: 10 })).filter(({ subject }) => subject.startsWith(id));
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'account.created',
      'code.issued',
      'code.used',
      'token.created',
      'token.revoked',
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/5{64}|6{64}/);
  });

  it('shows what was done to it by who owns the database, row by row', async () => {
    const head = await audit().head();
    const found = async () => {
      const { findings } = await verifyAudit(audit().rows(1), { head: await audit().head() });
      return findings.map(({ kind, seq }) => `${kind} ${seq}`);
    };
    const last = head?.seq ?? 0;
    const undoing = async (change: () => Promise<unknown>) => {
      await room.admin`create table kept as table audit_events`;
      await change();
      const findings = await found();
      await room.admin`truncate audit_events`;
      await room.admin`insert into audit_events table kept`;
      await room.admin`drop table kept`;
      return findings;
    };
    const { admin } = room;
    const edit = () => admin`update audit_events set actor = 'somebody else' where seq = 3`;
    expect(await undoing(edit)).toEqual(['edited 3']);
    expect(await undoing(() => admin`delete from audit_events where seq = 3`)).toEqual(['missing 3']);
    const swap = () => admin`
      update audit_events one set at = other.at, actor = other.actor, action = other.action,
        project = other.project, subject = other.subject, details = other.details,
        previous = other.previous, hash = other.hash
      from audit_events other where one.seq in (3, 4) and other.seq = 7 - one.seq`;
    expect(await undoing(swap)).toEqual(['reordered 3', 'reordered 4']);
    const cut = () => admin`delete from audit_events where seq > ${last - 2}`;
    expect(await undoing(cut)).toEqual([`truncated ${last - 1}`]);
    expect(await found()).toEqual([]);
  });
});
