import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actingAs } from '../../db/acting.js';
import { createAuditLog } from '../../db/audit-log.js';
import { createDatasetStore } from '../../db/datasets.js';
import { createEndpointStore } from '../../db/endpoints.js';
import { createFeatureStore } from '../../db/features.js';
import { createProjectStore } from '../../db/projects.js';
import { createReleaseStore } from '../../db/releases.js';
import { createRunStore } from '../../db/runs.js';
import { createScheduleStore } from '../../db/schedules.js';
import { createTriggerStore } from '../../db/triggers.js';
import { createWatchStore } from '../../db/watches.js';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import { workflowIds } from '../../domain/names.js';
import type { AuditEvent } from '../../domain/ports/audit.js';
import { generateKeyPair } from '../../trust/keys.js';
import { makePromotionWorld, type PromotionWorld, policyOf } from '../conformance/promotion-world.js';
import { resumeBy } from '../conformance/run-store-subject.js';
import { liveServing } from '../conformance/serving-life.js';
import { alarm } from '../conformance/trigger-store-subject.js';
import { liveWatch } from '../conformance/watch-life.js';
import { championSubject } from './champion-room.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

const [codeHash, tokenHash] = ['ab'.repeat(32), 'cd'.repeat(32)];

describe('changes that write their row of the chain', () => {
  let room: DatabaseRoom;
  let world: PromotionWorld;
  const rows: AuditEvent[] = [];
  beforeAll(async () => {
    room = await openDatabaseRoom();
    world = await actingAs('ann', liveThrough);
    for await (const page of createAuditLog(room.database).rows(1)) rows.push(...page);
  });
  afterAll(() => room.close());

  /** A life with everything in it that can happen. */
  async function liveThrough() {
    const made = await makePromotionWorld(await championSubject(room));
    const { project, accounts, approvals, champions, policies, name } = made;
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const first = await made.candidate('one');
    await made.promote(first, await made.approve(first));
    const second = await made.candidate('two');
    await made.promote(second, await made.approve(second));
    await champions.rollBack({ project, model: 'delay', reason: 'slow', actor: name('dee') });
    const third = await made.register('three');
    await champions.judge({ ...made.at(third), to: 'refused' });
    await champions.retire(made.at(third));
    const staged = await approvals.open(await made.request(third));
    await approvals.enterStage(staged.id, 1);
    await createDatasetStore(room.database).tag(project, 'flights', 1, 'gold', null);
    const view = { name: 'planes' } as FeatureViewConfig;
    await createFeatureStore(room.database).declare(project, view, 'f'.repeat(64), 'c'.repeat(40));
    const runs = createRunStore(room.database);
    await runs.setStatus(`${project}-one`, 'failed', 'x'.repeat(2000));
    await runs.reopen(`${project}-one`, 'main', resumeBy('dee', later));
    const triggers = createTriggerStore(room.database);
    const line = { project, model: 'delay' };
    await triggers.record(Array.from({ length: 50 }, (_, turn) => alarm(project, `alarm-${turn}`)));
    const { pending } = await triggers.line(line, { limit: 100, since: later });
    await triggers.settle(line, { outcomes: [], proposed: pending.map(({ id }) => id), run: null });
    await triggers.veto(line, 'ann', 'the sensor is broken');
    await triggers.hold({ ...line, by: 'ann', reason: 'until it is mended' });
    await triggers.release(line, 'ann');
    const schedules = createScheduleStore(room.database);
    const nightly = { project, id: workflowIds.fireSchedule(project, 'delay', 'nightly') };
    await schedules.pause({ ...nightly, by: 'ann', reason: 'the source is moved' });
    await schedules.pause({ ...nightly, by: 'ann', reason: 'it takes longer' });
    await schedules.resume(nightly, 'ann');
    await liveServing({
      ...{
        endpoints: createEndpointStore(room.database),
        releases: createReleaseStore(room.database),
        project,
      },
    });
    await liveWatch(createWatchStore(room.database), project);
    const record = await createProjectStore(room.database).get(project);
    await createProjectStore(room.database).put({ ...record, ref: 'release' });
    const commit = 'd'.repeat(40);
    const bob = { account: name('bob'), roles: ['reviewer'], emails: ['bob@example.org'] } as const;
    const change = await made.request(third, { kind: 'change', subject: `change@${commit}` });
    const { id: approval } = await approvals.open(change);
    await approvals.end(approval, 'approved', 'two said yes');
    const wanted = { members: [bob], policies: {}, after: record.commit, approval };
    await createProjectStore(room.database).put({ ...record, commit }, wanted);
    await made.putMembers({ bob: ['admin'] });
    await made.putPolicy(policyOf('alone'));
    await policies.putInForce({ project: null, model: null, commit: 'c'.repeat(40) }, policyOf('alone'));
    const given = {
      id: `d-${project}`,
      project,
      from: 'ann',
      to: 'bob',
      role: 'reviewer',
      until: later,
    } as const;
    await approvals.delegate(given);
    await approvals.endDelegation(given.id);
    const account = name('bob');
    await accounts.putCode({ account, sha256: codeHash, expiresAt: later });
    await accounts.useCode(codeHash);
    const token = { account, label: 'laptop', method: 'issued', scopes: null, onlyProject: null } as const;
    await accounts.addToken({ id: `t-${project}`, ...token, expiresAt: later, sha256: tokenHash });
    await accounts.tokenBySha256(tokenHash);
    await accounts.revokeToken(account, `t-${project}`);
    await accounts.disable(account);
    const key = generateKeyPair();
    await made.putKey(key);
    await made.putKey(key, { revokedAt: later });
    return made;
  }

  it('are all that there are triggers for, each under the name of who did it', async () => {
    const triggers = await room.admin<{ action: string }[]>`
      select distinct split_part(encode(tgargs, 'escape'), ${'\\000'}, 1) as action
      from pg_trigger where tgfoid = 'audit_change'::regproc`;
    const written = new Set(rows.map(({ action }) => action));
    expect(triggers.map(({ action }) => action).filter((action) => !written.has(action))).toEqual([]);
    const actors = [...new Set(rows.map(({ actor }) => actor))].toSorted();
    expect(actors).toEqual(['ann', world.name('dee'), world.name('eve')]);
    expect(rows.filter((row) => /(ab){32}|(cd){32}/.test(JSON.stringify(row)))).toEqual([]);
  });

  it('are all that the application can make, but for those that are named here', async () => {
    const unaudited = await room.admin<{ change: string }[]>`
      select relname || ' ' || op as change
      from pg_class, (values ('INSERT', 4), ('DELETE', 8), ('UPDATE', 16)) as ops (op, bit)
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and (has_table_privilege('ratchet_app', pg_class.oid, op)
          or op <> 'DELETE' and has_any_column_privilege('ratchet_app', pg_class.oid, op))
        and not exists (
          select from pg_trigger where tgrelid = pg_class.oid and tgfoid = 'audit_change'::regproc and tgtype & bit = bit)
      order by 1`;
    expect(unaudited.map(({ change }) => change)).toEqual([
      // Signed, and written by the audit itself.
      'audit_checkpoints INSERT',
      // Parts of a version, written with it: the row of the version names their digests.
      'dataset_views INSERT',
      // What came in, until it is handled; what it leads to are events.
      ...['DELETE', 'INSERT', 'UPDATE'].map((op) => `deliveries ${op}`),
      // Bookkeeping, so that what is asked twice happens once.
      'effects INSERT',
      'evaluations INSERT',
      // What was computed once and is looked up by what it was computed from.
      'feature_vectors INSERT',
      'feature_vectors UPDATE',
      // What turned out to be true: it changes nothing, and there is as much of it as of predictions.
      ...['feedback INSERT', 'feedback_aside DELETE'],
      'idempotency_keys INSERT',
      // What a scan of what is live came to; what it leads to are releases.
      ...['image_scans INSERT', 'image_scans UPDATE'],
      // What the watch computed of traffic: incidents are what comes of it.
      'judged_windows INSERT',
      // Notices on their way, with every try.
      ...['letter_attempts INSERT', 'letters INSERT', 'letters UPDATE'],
      // What Git says, as it was read last.
      ...['model_lines DELETE', 'model_lines INSERT'],
      'model_version_views INSERT',
      // Computed from a version, and looked up by it.
      'reference_profiles INSERT',
      // What a release tells while it runs, and a run; their beginnings and their ends are rows.
      ...['logs INSERT', 'logs UPDATE'].map((change) => `release_${change}`),
      ...['DELETE', 'INSERT', 'UPDATE'].map((op) => `release_refusals ${op}`),
      'release_results INSERT',
      ...['steps INSERT', 'steps UPDATE'].map((change) => `release_${change}`),
      ...['logs INSERT', 'logs UPDATE', 'metrics INSERT', 'metrics UPDATE'].map((change) => `run_${change}`),
      ...['DELETE', 'INSERT', 'UPDATE'].map((op) => `run_refusals ${op}`),
      'run_results INSERT',
      ...['DELETE', 'INSERT', 'UPDATE'].map((op) => `run_scores ${op}`),
      ...['steps INSERT', 'steps UPDATE'].map((change) => `run_${change}`),
      // What Git declares, as it was written to Temporal; putting back what was changed there by hand is told.
      ...['DELETE', 'INSERT', 'UPDATE'].map((op) => `schedules ${op}`),
      // How often a test split was looked at: one an evaluation.
      'test_looks INSERT',
      // How far a ref was followed; what a push leads to are events.
      ...['tracked_refs INSERT', 'tracked_refs UPDATE'],
      // The row of an event says what became of it and stays; causes of a run are in the row of the run.
      ...['trigger_events INSERT', 'trigger_events UPDATE'],
      // How far data was taken into a dataset, whose version is a row.
      ...['watermarks INSERT', 'watermarks UPDATE'],
    ]);
  });

  it('cannot be made to whom a project or a run belongs, nor to how it is named', async () => {
    const app = postgres(room.appUrl, { max: 1 });
    for (const [table, column] of [
      ['projects', 'repo'],
      ['runs', 'project'],
      ['tokens', 'account'],
      ['votes', 'approver'],
    ] as const) {
      const change = app`update ${app(table)} set ${app(column)} = ${app(column)}`;
      await expect(change).rejects.toMatchObject({ code: '42501' });
    }
    await app.end();
  });

  it('say who resumed a run, by its newest cause', () => {
    const [reopened] = rows.filter(({ action }) => action === 'run.reopened');
    expect(JSON.parse(reopened?.details ?? '')).toEqual({
      ...{ model: 'delay', ref: 'main', round: 1, before: { round: 0 } },
      cause: { kind: 'manual', by: 'dee', at: expect.stringMatching(/^\d{4}-/), round: 1 },
    });
  });

  it('say what became of a promotion in the order it happened', async () => {
    const { project } = world;
    const moved = rows.filter(({ action }) =>
      /^model\.(promoted|rolled-back|displaced|retired)/.test(action),
    );
    expect(moved.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'model.promoted delay@1',
      'model.displaced delay@1',
      'model.promoted delay@2',
      'model.displaced delay@2',
      'model.rolled-back delay@1',
      'model.retired delay@3',
    ]);
    const named = rows.filter(({ action }) => action === 'alias.set');
    expect(named.map(({ subject, details }) => `${subject} ${details}`)).toEqual([
      'delay@1 {"alias": "champion"}',
      'delay@2 {"alias": "champion"}',
      'delay@1 {"alias": "previous"}',
      'delay@1 {"alias": "champion"}',
    ]);
    const votes = rows.filter(({ action }) => action.startsWith('vote.'));
    expect(votes).toHaveLength(8);
    const [promoted] = rows.filter(({ action }) => action === 'model.promoted');
    expect(JSON.parse(promoted?.details ?? '')).toMatchObject({ approval: `approval/${project}/delay@1/1` });
  });

  it('say once that a person stopped a run, however many events asked for it', () => {
    const stops = rows.filter(({ action }) => /^(trigger|model)\.(vetoed|held|released)$/.test(action));
    expect(stops.map(({ action, subject, actor }) => `${action} ${subject} ${actor}`)).toEqual([
      'trigger.vetoed delay ann',
      'model.held delay ann',
      'model.released delay ann',
    ]);
    const [vetoed] = stops;
    const details = { by: 'ann', reason: 'the sensor is broken', events: 50 };
    expect(JSON.parse(vetoed?.details ?? '')).toEqual(details);
  });

  it('say by which approval a change came in force, in the transaction that put it there', async () => {
    const { project } = world;
    const put = rows.filter(({ action }) => action === 'change.in-force');
    expect(put.map(({ subject, details }) => [subject, JSON.parse(details)])).toEqual([
      [`approval/${project}/change@${'d'.repeat(40)}/1`, { commit: 'd'.repeat(40) }],
    ]);
    const [before] = rows
      .filter(({ action, seq }) => action === 'project.changed' && seq < (put[0]?.seq ?? 0))
      .slice(-1);
    expect(JSON.parse(before?.details ?? '')).toMatchObject({ commit: 'd'.repeat(40) });
  });

  it('say who paused a timetable and why, and who resumed it', () => {
    const told = rows.filter(({ action }) => action.startsWith('schedule.'));
    expect(told.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'schedule.paused ann',
      'schedule.paused ann',
      'schedule.resumed ann',
    ]);
    const { project } = world;
    expect(told[1]).toMatchObject({ project, subject: `schedule/${project}/delay/nightly` });
    expect(JSON.parse(told[1]?.details ?? '')).toEqual({
      ...{ by: 'ann', reason: 'it takes longer' },
      before: { reason: 'the source is moved' },
    });
    expect(JSON.parse(told[2]?.details ?? '')).toMatchObject({ by: 'ann', reason: 'it takes longer' });
  });

  it('hold long values short, and tell what they were before', async () => {
    const [ended] = rows.filter(({ action }) => action === 'run.ended');
    const { reason, before } = JSON.parse(ended?.details ?? '') as { reason: string; before: unknown };
    expect(reason).toBe(`${'x'.repeat(500)}…`);
    expect(before).toMatchObject({ status: 'running' });
    const member = rows.filter(({ action }) => action === 'member.changed').at(-1);
    expect(JSON.parse(member?.details ?? '')).toMatchObject({
      roles: ['admin'],
      before: { roles: ['reviewer'] },
    });
  });
});
