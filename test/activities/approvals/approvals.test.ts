import { beforeEach, describe, expect, it } from 'vitest';
import { endApproval } from '../../../activities/approvals/end-approval.js';
import { openPromotion } from '../../../activities/approvals/open-promotion.js';
import { settleVotes } from '../../../activities/approvals/settle-votes.js';
import { tellVoters } from '../../../activities/approvals/tell-voters.js';
import { commitBy, PromotionRoom } from './promotion-room.js';

let room: PromotionRoom;
beforeEach(() => {
  room = new PromotionRoom();
});
const input = { project: 'tiny', model: 'points', version: 2, requestedBy: 'run/2' };
const id = 'approval/tiny/points@2/1';
const open = (change: Partial<typeof input> = {}) => openPromotion(room.deps, { ...input, ...change });
const settle = (updates: readonly string[] = [], signals: readonly string[] = []) =>
  settleVotes(room.deps, { approval: id, updates, signals });

describe('opening a promotion', () => {
  it('asks people where the policy does, about exactly what is in force', async () => {
    expect(await open()).toMatchObject({ kind: 'ask', approval: id, ends: [] });
    expect(room.approvals.rows.get(id)).toMatchObject({
      digests: { model: 'm', dataset: 'd', evaluation: 'e', purpose: 'u', policy: 'p' },
      stages: [{ role: 'reviewer', remindMs: 172_800_000, expireMs: 1_209_600_000, escalate: null }],
      authorSet: {
        authors: [
          { account: 'ada', why: [expect.stringMatching(/^wrote/), expect.any(String), 'started the run'] },
        ],
        strangers: [],
        machineStarted: false,
      },
    });
  });

  it('asks nobody where the policy has programs alone', async () => {
    room.policy = { ...room.policy, people: undefined };
    expect(await open()).toEqual({ kind: 'programs-alone' });
  });

  it('asks again about the same round when it is done again, and is told of one that was approved', async () => {
    await open();
    expect(await open()).toMatchObject({ kind: 'ask', approval: id });
    await room.approvals.store.end(id, 'approved', 'approved by bob');
    expect(await open()).toEqual({ kind: 'approved', approval: id });
    room.used.add(id);
    expect(await open()).toMatchObject({ kind: 'ask', approval: 'approval/tiny/points@2/2' });
  });

  it('asks anew where others turn out to have a hand in it, also after it was approved', async () => {
    await open();
    room.commits = [commitBy('ada'), commitBy('bob')];
    expect(await open()).toMatchObject({ kind: 'ask', approval: 'approval/tiny/points@2/2' });
    expect(room.approvals.rows.get(id)).toMatchObject({
      status: 'void',
      reason: 'it was asked with another author set: bob had a hand in it too',
    });
    await room.approvals.store.end('approval/tiny/points@2/2', 'approved', 'approved by cy');
    expect(await open()).toEqual({ kind: 'approved', approval: 'approval/tiny/points@2/2' });
    room.commits = [commitBy('ada'), commitBy('zoe')];
    expect(await open()).toMatchObject({ kind: 'ask', approval: 'approval/tiny/points@2/3' });
  });

  it('opens another round where the last one ended otherwise, or is about other digests', async () => {
    await open();
    room.policyDigest = 'p2';
    room.judged = { ...room.judged, policy: 'p2' };
    expect(await open()).toMatchObject({ kind: 'ask', approval: 'approval/tiny/points@2/2' });
    expect(room.approvals.rows.get(id)).toMatchObject({
      status: 'void',
      reason: expect.stringContaining('policy'),
    });
    await room.approvals.store.end('approval/tiny/points@2/2', 'rejected', 'no');
    expect(await open()).toMatchObject({ approval: 'approval/tiny/points@2/3' });
  });

  it.each([
    [
      'no verdict',
      () => {
        room.verdict = null;
      },
      /no policy has judged it/,
    ],
    [
      'a verdict that fails',
      () => {
        room.verdict = 'fail';
      },
      /says fail: floor: rocAuc is 0.6, least 0.7/,
    ],
    [
      'one that is inconclusive',
      () => {
        room.verdict = 'inconclusive';
      },
      /says inconclusive/,
    ],
    [
      'one of another policy',
      () => {
        room.policyDigest = 'p2';
      },
      /about another policy/,
    ],
    [
      'one of other bytes',
      () => {
        room.model = { ...room.model, sha256: 'm2' };
      },
      /about another model/,
    ],
    ['a retired version', () => room.stages.set(2, 'retired'), /it is retired/],
  ])('refuses with %s', async (_, change, reason) => {
    change();
    expect(await open()).toEqual({ kind: 'over', status: 'refused', reason: expect.stringMatching(reason) });
    expect(room.approvals.rows.size).toBe(0);
  });

  it('ends the approvals of older versions, and gives way to newer ones', async () => {
    await open();
    expect(await open({ version: 3 })).toMatchObject({ kind: 'ask', ends: [id] });
    expect(room.approvals.rows.get(id)).toMatchObject({ status: 'superseded', reason: 'version 3 is newer' });
    expect(await open({ version: 1 })).toMatchObject({ status: 'superseded', reason: 'version 3 is newer' });
    expect(await open({ version: 1, requestedBy: 'bob' })).toMatchObject({ kind: 'ask', ends: [] });
  });

  it('waits for older ones where the rule says so', async () => {
    const { people } = room.policy;
    if (people === undefined) throw new Error('the policy asks people');
    room.policy = { ...room.policy, people: { ...people, newer: 'waits' } };
    await open();
    expect(await open({ version: 3 })).toEqual({ kind: 'wait', for: 2 });
  });
});

describe('settling votes', () => {
  beforeEach(async () => {
    await open();
  });

  it('counts a good one, ends the approval with it, and answers its voter', async () => {
    const vote = await room.vote('bob');
    expect(await settle([vote])).toMatchObject({
      outcome: 'approved',
      reason: 'approved by bob',
      answers: { [vote]: { status: 'counted', refusal: null } },
      settled: 1,
      more: false,
      tally: [{ stage: 'review', quorum: 1, approvals: 1, rejections: 0 }],
    });
    expect(room.approvals.votes.get(vote)).toMatchObject({ status: 'counted', stage: 0, channel: 'update' });
  });

  it('counts one that nobody told of, and drops ids without a row', async () => {
    const vote = await room.vote('bob');
    const junk = Array.from({ length: 100 }, (_, at) => `junk-${at}`);
    expect(await settle(['unknown'], junk)).toMatchObject({
      outcome: 'approved',
      answers: { unknown: { status: 'refused', refusal: expect.stringMatching(/no stored vote/) } },
      settled: 1,
    });
    expect(room.approvals.votes.get(vote)?.channel).toBe('signal');
    expect(await settle([], junk)).toMatchObject({ settled: 0 });
  });

  it.each([
    ['of the author', 'ada', {}, /made what is to be approved/],
    ['of no member', 'root', {}, /is an administrator/],
    [
      'for another approval',
      'bob',
      { approval: 'approval/tiny/points@1/1' },
      /stored row says another approval/,
    ],
    ['for other bytes', 'bob', { digests: { policy: 'p' } }, /other digests/],
  ])('refuses one %s, with its reason', async (_, approver, said, refusal) => {
    const vote = await room.vote(approver, said);
    expect(await settle([vote])).toMatchObject({
      outcome: 'open',
      answers: { [vote]: { status: 'refused', refusal: expect.stringMatching(refusal) } },
    });
  });

  it('refuses a forged, a changed and a revoked one', async () => {
    const forged = await room.vote('bob');
    const row = room.approvals.votes.get(forged);
    if (row === undefined) throw new Error('the vote is stored');
    const payload = Buffer.from(row.envelope.payload, 'base64').toString().replace('bob', 'cy');
    room.approvals.votes.set(forged, {
      ...row,
      approver: 'cy',
      envelope: { ...row.envelope, payload: Buffer.from(payload).toString('base64') },
    });
    expect((await settle([forged])).answers[forged]?.refusal).toMatch(/does not fit the payload/);

    const changed = await room.vote('bob', { decision: 'reject' }, 'changed');
    const other = room.approvals.votes.get(changed);
    if (other) room.approvals.votes.set(changed, { ...other, decision: 'approve' });
    expect((await settle([changed])).answers[changed]?.refusal).toMatch(/stored row says another decision/);

    const [key] = room.keys;
    if (key) room.keys[0] = { ...key, revokedAt: '2026-03-01T00:00:00Z' };
    const revoked = await room.vote('cy', {}, 'revoked');
    expect((await settle([revoked])).answers[revoked]?.refusal).toMatch(/was revoked/);
  });

  it('voids the approval where a policy changed, whatever was voted', async () => {
    const vote = await room.vote('bob');
    room.policyDigest = 'edited';
    expect(await settle([vote])).toMatchObject({
      outcome: 'void',
      reason: 'what it is about is no longer in force: policy',
      answers: { [vote]: { status: 'refused', refusal: 'the approval is over: void' } },
    });
  });

  it('says the end that its row has from elsewhere', async () => {
    await room.approvals.store.end(id, 'superseded', 'version 3 is newer');
    const vote = await room.vote('bob');
    expect(await settle([vote])).toMatchObject({ outcome: 'superseded', reason: 'version 3 is newer' });
    expect(await endApproval(room.deps, { approval: id, status: 'expired', reason: 'late' })).toEqual({
      status: 'superseded',
      reason: 'version 3 is newer',
    });
  });

  it('is the same when it is done again', async () => {
    const vote = await room.vote('bob');
    const first = await settle([vote]);
    expect(await settle([vote])).toMatchObject({
      outcome: first.outcome,
      answers: first.answers,
      settled: 0,
    });
  });
});

describe('telling voters', () => {
  it('writes a row first, and tells those who may vote and have not', async () => {
    await open();
    await tellVoters(room.deps, { approval: id, stage: 0, occasion: 'reminder', reminded: 2 });
    expect(room.told).toMatchObject([
      {
        ...{ key: `${id}:0:reminder:2`, project: 'tiny', model: 'points', to: ['bob', 'cy'] },
        title: 'tiny: points@2 still waits for votes',
      },
    ]);
    expect(room.audited).toMatchObject([{ action: 'approval.reminded', details: { to: ['bob', 'cy'] } }]);
  });

  it('tells nobody of a stage that is not open', async () => {
    await open();
    await tellVoters(room.deps, { approval: id, stage: 1, occasion: 'asked' });
    await room.approvals.store.enterStage(id, 1);
    await tellVoters(room.deps, { approval: id, stage: 0, occasion: 'reminder' });
    expect([room.told, room.audited]).toEqual([[], []]);
  });

  it('tells nobody of one that is over', async () => {
    await open();
    await room.approvals.store.end(id, 'rejected', 'no');
    await tellVoters(room.deps, { approval: id, stage: 0, occasion: 'reminder' });
    expect(room.told).toEqual([]);
  });
});
