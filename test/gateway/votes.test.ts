import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { tellOfVote } from '../../gateway/stories/tell-of-vote.js';
import { voteSignal } from '../../workflows/messages/approvals.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';
import { type Opened, openVotingRoom, review, type VotingRoom } from './voting-room.js';

let room: GatewayRoom;
let voting: VotingRoom;
let project: string;
let tokens: Record<'anna' | 'lisa' | 'omar' | 'ben', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
  voting = await openVotingRoom(room);
  project = await room.newProject();
  tokens = await membersOf(room, project, {
    anna: ['ml-engineer', 'reviewer'],
    lisa: ['reviewer'],
    omar: ['reviewer'],
    ben: ['business-analyst'],
  });
});
afterAll(async () => {
  await voting.close();
  await room.close();
});

const vote = ({ path }: Opened, token: string, changes: object = {}) =>
  room.ask('post', `${path}/votes`, {
    token,
    body: { decision: 'approve', reason: 'looked at it', ...changes },
  });
const show = async ({ path }: Opened, token: string) => (await room.ask('get', path, { token })).body;

async function ended({ id }: ApprovalRecord): Promise<ApprovalRecord> {
  for (let times = 0; times < 100; times += 1) {
    const found = await room.deps.approvals.get(id);
    if (found.status !== 'open') return found;
    await sleep(100);
  }
  throw new Error('the approval never ended');
}

const notTaken = async (opened: Opened, actor: string) =>
  (await room.deps.audit.list({ action: 'vote.not-taken', subject: opened.approval.id, actor })).map(
    ({ details }) => details,
  );

describe('a vote', () => {
  it('is signed, stored, told of, and answered with what became of it; the last one decides', async () => {
    const opened = await voting.open(project);
    const first = await vote(opened, tokens.lisa);
    expect(first.body).toMatchObject({
      status: 'counted',
      refusal: null,
      outcome: 'open',
      tally: [{ stage: 'review', quorum: 2, approvals: 1, rejections: 0 }],
    });
    const [stored] = await room.deps.approvals.votes(opened.approval.id);
    const statement = JSON.parse(Buffer.from(stored?.envelope.payload ?? '', 'base64').toString());
    expect(statement).toMatchObject({
      approval: opened.approval.id,
      approver: 'lisa',
      onBehalfOf: null,
      method: 'set-up-code',
      digests: opened.approval.digests,
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect((await vote(opened, tokens.omar)).body).toMatchObject({ status: 'counted', outcome: 'approved' });
    expect(await ended(opened.approval)).toMatchObject({
      status: 'approved',
      reason: 'approved by lisa, omar',
    });
    const cast = await room.deps.audit.list({ action: 'vote.cast', subject: opened.approval.id });
    expect(cast.map(({ actor }) => actor)).toEqual(['omar', 'lisa']);
  });

  it('can be stored alone, and counts once a Temporal signal carries its id', async () => {
    const opened = await voting.open(project, { stages: [{ ...review, quorum: 1 }] });
    const { body } = await vote(opened, tokens.lisa, { deliver: 'none' });
    expect(body).toMatchObject({ status: 'pending', outcome: 'open' });
    const { signal } = body;
    expect(signal).toEqual({
      workflowId: opened.approval.id,
      namespace: room.deps.client.options.namespace,
      name: 'vote',
      input: JSON.stringify(body.vote),
    });
    await room.deps.client.workflow.getHandle(signal.workflowId).signal(voteSignal, JSON.parse(signal.input));
    expect((await ended(opened.approval)).status).toBe('approved');
    const [counted] = await room.deps.approvals.votes(opened.approval.id);
    expect(counted).toMatchObject({ status: 'counted', channel: 'signal' });
  });

  it('that is sent again while it waits is the same vote', async () => {
    const opened = await voting.open(project, { isUnattended: true });
    const { body: stored } = await vote(opened, tokens.lisa, { deliver: 'none' });
    expect((await show(opened, tokens.omar)).stages).toMatchObject([{ status: 'open', approvals: [] }]);
    expect((await show(opened, tokens.lisa)).you).toMatchObject({
      mayVote: false,
      why: expect.stringContaining('lisa has voted already'),
    });
    await voting.attend(opened);
    const { body: told } = await vote(opened, tokens.lisa);
    expect([told.vote, told.status]).toEqual([stored.vote, 'counted']);
  });

  it('that rejects ends it where one is enough', async () => {
    const opened = await voting.open(project);
    expect((await vote(opened, tokens.omar, { decision: 'reject' })).body.outcome).toBe('rejected');
  });

  it('is kept where no workflow waits for it, and the answer says so', async () => {
    const opened = await voting.open(project, { isUnattended: true });
    const { status, body } = await vote(opened, tokens.lisa);
    expect([status, body.error.code, body.error.message]).toEqual([
      503,
      'PART_UNAVAILABLE',
      expect.stringMatching(/^vote \S+ is signed and stored/),
    ]);
    expect(await room.deps.approvals.votes(opened.approval.id)).toHaveLength(1);
  });

  it('that comes before the workflow of its approval has started is counted as soon as it has', async () => {
    const opened = await voting.open(project, { isUnattended: true });
    const voted = vote(opened, tokens.lisa);
    while ((await room.deps.approvals.votes(opened.approval.id)).length === 0) await sleep(10);
    await voting.attend(opened);
    expect((await voted).body).toMatchObject({ status: 'counted', outcome: 'open' });
  });

  it('that was settled before its message came is answered with what became of it', async () => {
    const opened = await voting.open(project, { isUnattended: true, stages: [{ ...review, quorum: 1 }] });
    const { body } = await vote(opened, tokens.lisa, { deliver: 'none' });
    const { approvals } = room.deps;
    await approvals.settleVote(body.vote, { status: 'counted', refusal: null, stage: 0, channel: 'signal' });
    await approvals.end(opened.approval.id, 'approved', 'approved by lisa');
    expect(await tellOfVote(room.deps, opened.approval.id, body.vote)).toEqual({
      ...{ vote: body.vote, status: 'counted', refusal: null, outcome: 'approved' },
      tally: [{ stage: 'review', quorum: 1, approvals: 1, rejections: 0 }],
    });
  });

  it('that could not be judged is stored, and counted when it is told of again', async () => {
    const opened = await voting.open(project);
    voting.stopJudging('the policy cannot be read');
    const { status, body } = await vote(opened, tokens.lisa);
    voting.stopJudging(null);
    expect([status, body.error.code, body.error.message]).toEqual([
      503,
      'PART_UNAVAILABLE',
      expect.stringMatching(
        /^vote \S+ is signed and stored, .*: it could not be settled: the policy cannot be read; nobody needs to vote again$/,
      ),
    ]);
    const [stored] = await room.deps.approvals.votes(opened.approval.id);
    expect((await vote(opened, tokens.lisa)).body).toMatchObject({ vote: stored?.id, status: 'counted' });
    expect(await room.deps.approvals.votes(opened.approval.id)).toHaveLength(1);
  });
});

describe('a vote that does not count', () => {
  const author = {
    authors: [{ account: 'anna', why: ['wrote 0123456789ab'] }],
    strangers: [],
    machineStarted: false,
  };

  it('of an author is refused with its reason before anything is signed, and the refusal is remembered', async () => {
    const opened = await voting.open(project, { authorSet: author });
    const sign = vi.spyOn(room.deps.signer, 'sign');
    const { status, body } = await vote(opened, tokens.anna);
    expect(sign).not.toHaveBeenCalled();
    sign.mockRestore();
    const why = 'anna made what is to be approved and may not vote on it: wrote 0123456789ab';
    expect([status, body.error.code, body.error.message]).toEqual([
      409,
      'VOTE_REFUSED',
      `the vote on "${opened.approval.id}" is not taken: ${why}`,
    ]);
    expect(await notTaken(opened, 'anna')).toEqual([expect.stringContaining(why)]);
    expect(await room.deps.approvals.votes(opened.approval.id)).toEqual([]);
    expect((await show(opened, tokens.anna)).you).toEqual({
      account: 'anna',
      mayVote: false,
      why,
      onBehalfOf: [],
    });
  });

  it.each<
    [string, (opened: Opened) => Promise<{ status: number; body: { error: { message: string } } }>, string]
  >([
    [
      'of another role',
      (opened) => vote(opened, tokens.ben),
      'takes votes of reviewer, and ben is business-analyst',
    ],
    [
      'of a machine',
      async (opened) => vote(opened, await machine()),
      'is a machine account, and only people vote',
    ],
    [
      'in a place that nobody gave',
      (opened) => vote(opened, tokens.omar, { onBehalfOf: 'lisa' }),
      'lisa has not delegated a vote to omar',
    ],
    [
      'twice',
      async (opened) => {
        await vote(opened, tokens.lisa);
        return vote(opened, tokens.lisa, { decision: 'reject' });
      },
      'lisa has voted already',
    ],
    [
      'on what is over',
      async (opened) => {
        await vote(opened, tokens.lisa, { decision: 'reject' });
        await ended(opened.approval);
        return vote(opened, tokens.omar);
      },
      'the approval is rejected',
    ],
  ])('%s is refused with its reason', async (_, cast, words) => {
    const opened = await voting.open(project);
    const { status, body } = await cast(opened);
    expect([status, body.error.message]).toEqual([409, expect.stringContaining(words)]);
  });

  async function machine(): Promise<string> {
    const token = await tokenOf(room, 'robot', { kind: 'machine' });
    const members = (await room.deps.accounts.members(project)).map(({ account, roles, emails }) => ({
      account,
      roles,
      emails,
    }));
    await room.deps.accounts.putMembers(project, 'c'.repeat(40), [
      ...members,
      { account: 'robot', roles: ['reviewer'], emails: [] },
    ]);
    return token;
  }

  it('counts nothing for another approval: the row of one and the envelope of another', async () => {
    const [one, other] = [await voting.open(project), await voting.open(project)];
    const { body } = await vote(one, tokens.lisa, { deliver: 'none' });
    const [stored] = await room.deps.approvals.votes(one.approval.id);
    if (stored === undefined) throw new Error('no vote was stored');
    const moved = { ...stored, id: crypto.randomUUID(), approval: other.approval.id };
    await room.deps.approvals.putVote(moved);
    const answer = await vote(other, tokens.omar);
    expect(answer.body.tally).toEqual([{ stage: 'review', quorum: 2, approvals: 1, rejections: 0 }]);
    const found = await room.deps.approvals.vote(moved.id);
    expect([found?.status, found?.refusal]).toEqual(['refused', expect.stringContaining('approval')]);
    expect(body.vote).toBe(stored.id);
  });
});
