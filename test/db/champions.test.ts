import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditLog } from '../../db/audit-log.js';
import { createChampionStore } from '../../db/champions.js';
import { connect } from '../../db/client.js';
import { openDatabase } from '../../db/open-database.js';
import { verifyAudit } from '../../db/verify-audit.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { StageMove } from '../../domain/ports/champions.js';
import { championStoreConformance } from '../conformance/champion-store.js';
import { codeOf } from '../conformance/error-code.js';
import { promotionRefusals } from '../conformance/promotion-refusals.js';
import { makePromotionWorld, plainGate, policyOf } from '../conformance/promotion-world.js';
import { championSubject } from './champion-room.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

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
const newWorld = async (people: 'two' | 'alone' = 'two') =>
  makePromotionWorld(await championSubject(room), policyOf(people));

describe('the champion store on Postgres', () => championStoreConformance(() => championSubject(room)));
describe('promotion on Postgres', () => promotionRefusals(() => championSubject(room)));

describe('promotions that race', () => {
  it('leave one champion, one previous and the rest archived, of twenty candidates', async () => {
    const world = await newWorld();
    const versions: number[] = [];
    for (let turn = 0; turn < 20; turn += 1) versions.push(await world.candidate(`c${turn}`));
    const approvals = new Map<number, string>();
    for (const version of versions) approvals.set(version, await world.approve(version));
    const database = connect(room.appUrl, { poolSize: 20, application: 'racing' });
    const champions = createChampionStore(database, plainGate);
    const attestation = await world.attest();
    const promote = async (version: number): Promise<StageMove> => {
      const approval = approvals.get(version) ?? null;
      const { reason: _, ...named } = world.at(version);
      const hands = await world.handsNow();
      try {
        return await champions.promote({ ...named, approval, attestation, hands });
      } catch (error) {
        if (error instanceof RatchetError && error.code === 'CONFLICT') return promote(version);
        throw error;
      }
    };
    const moves = await Promise.all(versions.map(promote));
    await database.close();
    expect(moves.map(({ to }) => to)).toEqual(Array(20).fill('champion'));
    const stages = await Promise.all(
      versions.map((version) => world.champions.stage(world.project, 'delay', version)),
    );
    expect(stages.toSorted()).toEqual([...Array(18).fill('archived'), 'champion', 'previous']);
    const aliases = await room.admin`select from model_aliases where project = ${world.project}`;
    expect(aliases).toHaveLength(2);
    const audit = createAuditLog(room.database);
    expect(await audit.list({ project: world.project, action: 'model.promoted' })).toHaveLength(20);
    expect((await verifyAudit(audit.rows(1), { head: await audit.head() })).findings).toEqual([]);
  });

  it('move once by one approval that twenty ask with', async () => {
    const world = await newWorld();
    const version = await world.candidate('one');
    const approval = await world.approve(version);
    const moves = await Promise.all(Array.from({ length: 20 }, () => world.promote(version, approval)));
    expect(new Set(moves.map((move) => JSON.stringify(move))).size).toBe(1);
    expect(await world.champions.history(world.project, 'delay')).toHaveLength(2);
  });

  it('are held to a policy of the organisation that comes in force while they begin', async () => {
    const world = await newWorld('alone');
    const version = await world.candidate('one');
    const policy = policyOf('alone', 'of the organisation');
    const { promotion } = await app.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('policies', 0))`;
      await tx`insert into policies (policy, digest, commit)
        values (${tx.json(policy)}, ${'f'.repeat(64)}, ${'c'.repeat(40)})`;
      const begun = { promotion: codeOf(world.promote(version, null)) };
      for (let waiting = 0; waiting === 0; ) {
        const rows = await room.admin`
          select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
        waiting = rows.length;
      }
      return begun;
    });
    expect(await promotion).toBe('PROMOTION_REFUSED');
    expect(await world.champions.champion(world.project, 'delay')).toBeUndefined();
    await world.policies.putInForce({ project: null, model: null, commit: 'c'.repeat(40) }, null);
    expect(await world.promote(version, null)).toMatchObject({ to: 'champion' });
  });

  it('leave nothing of one whose connection is killed', async () => {
    const world = await newWorld();
    const version = await world.candidate('one');
    const approval = await world.approve(version);
    const database = connect(room.appUrl, { poolSize: 1, application: 'promotion-to-be-killed' });
    const champions = createChampionStore(database, plainGate);
    const { reason: _, ...named } = world.at(version);
    // Holds the line, so that the promotion waits inside its transaction when it is killed.
    const killed = app.begin(async (tx) => {
      await tx`select from projects where name = ${world.project} for update`;
      const rest = { approval, attestation: await world.attest(), hands: await world.handsNow() };
      const promotion = codeOf(champions.promote({ ...named, ...rest }));
      for (let ended = 0; ended === 0; ) {
        const rows = await room.admin`
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'promotion-to-be-killed' and wait_event_type = 'Lock'`;
        ended = rows.length;
      }
      return promotion;
    });
    expect(await killed).toBe('PART_UNAVAILABLE');
    await database.close();
    expect(await world.champions.champion(world.project, 'delay')).toBeUndefined();
    expect(await app`select from attestations where project = ${world.project}`).toHaveLength(0);
    expect(await world.promote(version, approval)).toMatchObject({ to: 'champion' });
  });
});

describe('the line of a model, by its tables alone', () => {
  const move = async (
    project: string,
    version: number,
    from: string,
    to: string,
    approval: string | null = null,
  ) =>
    app`insert into stage_moves ${app({
      ...{ project, model: 'delay', version, from, to, approval },
      ...{ actor: 'liar', reason: 'I say so' },
    })}`;
  const alias = (project: string, version: number) =>
    app`insert into model_aliases values (${project}, 'delay', 'champion', ${version})`;

  it('takes no champion without an attestation, a verdict, or an approval that is approved', async () => {
    const world = await newWorld();
    const { project } = world;
    const version = await world.candidate('one');
    const { payload } = await world.attest();
    const lacks = async (approval: string | null, attested: boolean) => {
      await app.begin(async (tx) => {
        const envelope = {
          payloadType: 'application/vnd.in-toto+json',
          payload,
          signatures: [{ keyid: 'k' }],
        };
        if (attested) {
          await tx`
            insert into attestations (project, model, version, envelope, payload_sha256)
            values (${project}, 'delay', ${version}, ${tx.json(envelope)},
              encode(sha256(decode(${payload}, 'base64')), 'hex'))`;
        }
        await tx`insert into stage_moves ${tx({
          ...{ project, model: 'delay', version, from: 'candidate', to: 'champion', approval },
          ...{ actor: 'liar', reason: 'I say so' },
        })}`;
        await tx`insert into model_aliases values (${project}, 'delay', 'champion', ${version})`;
      });
    };
    const { id } = await world.approvals.open(await world.request(version));
    await expect(lacks(null, false)).rejects.toThrow(/without an attestation/);
    await expect(lacks(null, true)).rejects.toThrow(/without the approval that a policy in force asks for/);
    await expect(lacks(id, true)).rejects.toThrow(/without an approval of it that is approved/);
    const other = await world.candidate('other');
    await expect(lacks(await world.approve(other), true)).rejects.toThrow(/without an approval of it/);
    await world.judge(version, { verdict: 'fail' });
    await expect(lacks(id, true)).rejects.toThrow(/without a verdict that is pass/);
    expect(await world.champions.champion(project, 'delay')).toBeUndefined();
  });

  it('takes no alias without its move, no move without its alias, and no move that does not follow', async () => {
    const world = await newWorld('alone');
    const version = await world.candidate('one');
    const { project } = world;
    const refusal = (constraint: string) => ({ constraint_name: constraint });
    await expect(alias(project, version)).rejects.toMatchObject(refusal('model_line_holds'));
    await expect(move(project, version, 'registered', 'refused')).rejects.toMatchObject(
      refusal('stage_moves_follow'),
    );
    await expect(move(project, version, 'candidate', 'previous')).rejects.toMatchObject(
      refusal('stage_moves_lifecycle'),
    );
    await world.promote(version, null);
    await expect(move(project, version, 'champion', 'archived')).rejects.toMatchObject(
      refusal('model_line_holds'),
    );
    const taken = app`delete from model_aliases where project = ${project}`;
    await expect(taken).rejects.toMatchObject(refusal('model_line_holds'));
  });

  it('has times that are the database’s own, whatever is inserted', async () => {
    const world = await newWorld();
    const { project } = world;
    const version = await world.candidate('one');
    const { id } = await world.approvals.open(await world.request(version));
    const past = new Date('2001-01-01');
    const row = { id: `v-${project}`, approval: id, approver: 'cy', decision: 'approve', reason: '' };
    const lie = { cast_at: past, status: 'counted', stage: 0, settled_at: past, envelope: app.json({}) };
    await app`insert into votes ${app({ ...row, ...lie } as never)}`;
    const vote = await world.approvals.vote(row.id);
    expect(vote).toMatchObject({ status: 'pending', stage: null });
    const delegation = { id: `d-${project}`, project, from: 'ann', to: 'bob', role: 'reviewer' };
    await app`insert into delegations ${app({ ...delegation, until: past, created_at: past })}`;
    const [given] = await world.approvals.delegations(project);
    for (const at of [vote?.castAt, given?.createdAt])
      expect(Date.parse(at ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it.each([
    ['votes', 'envelope'],
    ['votes', 'cast_at'],
    ['votes', 'approver'],
    ['applied_changes', 'approval'],
    ['approvals', 'digests'],
    ['approvals', 'stages'],
    ['approvals', 'author_set'],
    ['approvals', 'opened_at'],
    ['stage_moves', 'at'],
    ['stage_moves', 'actor'],
    ['attestations', 'envelope'],
    ['policy_verdicts', 'verdict'],
    ['policies', 'policy'],
    ['signing_keys', 'revoked_at'],
    ['signing_keys', 'public_key'],
    ['accounts', 'admin'],
    ['tokens', 'expires_at'],
    ['delegations', 'until'],
    ['audit_checkpoints', 'hash'],
  ])('lets the application change nothing of %s in %s, and delete none', async (table, column) => {
    const denied = { code: '42501' };
    const change = app`update ${app(table)} set ${app(column)} = ${app(column)}`;
    await expect(change).rejects.toMatchObject(denied);
    await expect(app`delete from ${app(table)}`).rejects.toMatchObject(denied);
  });

  it('takes signing keys from its owner alone', async () => {
    const key = { id: 'a'.repeat(16), public_key: '-----BEGIN PUBLIC KEY-----', not_before: new Date() };
    await expect(app`insert into signing_keys ${app(key)}`).rejects.toMatchObject({ code: '42501' });
  });

  it('keeps the end of an approval, and what became of a vote, from whoever writes past the stores', async () => {
    const world = await newWorld();
    const version = await world.candidate('one');
    const id = await world.approve(version);
    const ended = app`update approvals set status = 'open' where id = ${id}`;
    await expect(ended).rejects.toMatchObject({ constraint_name: 'approvals_in_order' });
    const settled = app`update votes set status = 'refused', refusal = 'no' where approval = ${id}`;
    await expect(settled).rejects.toMatchObject({ constraint_name: 'votes_settled_once' });
  });
});

describe('a process that was given no gate', () => {
  it('promotes nothing', async () => {
    const world = await newWorld();
    const version = await world.candidate('one');
    const approval = await world.approve(version);
    const { stores, close } = await openDatabase({ url: room.appUrl, poolSize: 1, application: 'gateway' });
    const { reason: _, ...named } = world.at(version);
    const rest = { approval, attestation: await world.attest(), hands: await world.handsNow() };
    const promotion = stores.champions.promote({ ...named, ...rest });
    expect(await codeOf(promotion)).toBe('PROMOTION_REFUSED');
    await close();
  });
});
