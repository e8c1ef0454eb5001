import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VoteRecord } from '../../domain/ports/approvals.js';
import { castVoteUpdate, voteSignal } from '../../workflows/messages/approvals.js';
import { BallotPress, badBallots } from './bad-ballots.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf, tokenOf } from './people.js';
import { type Opened, openVotingRoom, review, startOf, type VotingRoom } from './voting-room.js';

const authorSet = {
  authors: [{ account: 'anna', why: ['wrote 0123456789ab'] }],
  strangers: [],
  machineStarted: false,
};

let room: GatewayRoom;
let voting: VotingRoom;
let project: string;
let tokens: Readonly<Record<string, string>>;
beforeAll(async () => {
  room = await openGatewayRoom();
  voting = await openVotingRoom(room);
  project = await room.newProject();
  await tokenOf(room, 'robot', { kind: 'machine' });
  await tokenOf(room, 'ada', { admin: true });
  await tokenOf(room, 'eve');
  tokens = await membersOf(room, project, {
    anna: ['ml-engineer', 'reviewer'],
    lisa: ['reviewer'],
    omar: ['reviewer'],
    sam: ['reviewer'],
    gone: ['reviewer'],
    robot: ['reviewer'],
    ben: ['business-analyst'],
  });
  await room.deps.accounts.disable('gone');
});
afterAll(async () => {
  await voting.close();
  await room.close();
});

const vote = ({ path }: Opened, token: string | undefined, changes: object = {}) =>
  room.ask('post', `${path}/votes`, {
    token: token ?? null,
    body: { decision: 'approve', reason: 'looked at it', ...changes },
  });
const handleOf = ({ approval }: Opened) => room.deps.client.workflow.getHandle(approval.id);

async function settled(id: string): Promise<VoteRecord> {
  for (let times = 0; times < 300; times += 1) {
    const row = await room.deps.approvals.vote(id);
    if (row !== undefined && row.status !== 'pending') return row;
    await sleep(50);
  }
  throw new Error(`vote ${id} was never settled`);
}

/** What the audit says of one vote. */
async function audited(
  { approval }: Opened,
  id: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const rows = await room.deps.audit.list({ action: 'vote.settled', subject: approval.id, limit: 1000 });
  return rows.map(({ details }) => JSON.parse(details)).filter((details) => details.id === id);
}

/** The two ways in which a stored vote is told of by whoever may write to the namespace. */
const channels = {
  async update(opened: Opened, id: string) {
    const answer = await handleOf(opened).executeUpdate(castVoteUpdate, { args: [id] });
    expect(answer).toMatchObject({ vote: id, status: 'refused', outcome: 'open' });
  },
  signal: (opened: Opened, id: string) => handleOf(opened).signal(voteSignal, id),
};

describe.each(Object.entries(channels))('told of by raw %s, a vote', (channel, tell) => {
  let opened: Opened;
  let press: BallotPress;
  beforeAll(async () => {
    opened = await voting.open(project, { authorSet, stages: [{ ...review, quorum: 3 }] });
    press = new BallotPress(room, opened.approval, (await voting.open(project)).approval);
    expect((await vote(opened, tokens['sam'])).body.status).toBe('counted');
  });

  it.each(badBallots)('%s is refused with its reason, and audited', async (_, refusal, put) => {
    const id = await put(press);
    await tell(opened, id);
    expect(await settled(id)).toMatchObject({
      status: 'refused',
      refusal: expect.stringMatching(refusal),
      stage: null,
      channel,
    });
    expect(await audited(opened, id)).toEqual([
      expect.objectContaining({ status: 'refused', refusal: expect.stringMatching(refusal), channel }),
    ]);
    expect((await room.deps.approvals.get(opened.approval.id)).status).toBe('open');
  });

  it('that is good counts after all of them, and they let nobody in', async () => {
    expect((await vote(opened, tokens['lisa'])).body).toMatchObject({ status: 'counted', outcome: 'open' });
    expect((await vote(opened, tokens['omar'])).body).toMatchObject({
      status: 'counted',
      outcome: 'approved',
    });
    const { reason } = await room.deps.approvals.get(opened.approval.id);
    expect(reason).toBe('approved by sam, lisa, omar');
  });
});

describe('a vote', () => {
  it.each(['update', 'signal'] as const)(
    'that came after its stage, told of by raw %s, is refused',
    async (channel) => {
      const opened = await voting.open(project, { isUnattended: true, stages: [{ ...review, expireMs: 1 }] });
      const press = new BallotPress(room, opened.approval, opened.approval);
      const id = await press.put({ approver: 'lisa' });
      const { args, ...options } = startOf(opened.approval);
      const { workflow } = room.deps.client;
      if (channel === 'signal')
        await workflow.signalWithStart('requestApproval', {
          ...options,
          args,
          signal: voteSignal,
          signalArgs: [id],
        });
      else {
        const startWorkflowOperation = new WithStartWorkflowOperation('requestApproval', {
          ...options,
          args,
          workflowIdConflictPolicy: 'FAIL',
        });
        await workflow.executeUpdateWithStart(castVoteUpdate, { args: [id], startWorkflowOperation });
      }
      const refusal = expect.stringMatching(/^stage "review" was over at/);
      expect(await settled(id)).toMatchObject({ status: 'refused', refusal, channel });
      expect(await audited(opened, id)).toMatchObject([{ status: 'refused', refusal, channel }]);
      expect(await handleOf(opened).result()).toMatchObject({ status: 'expired' });
    },
  );

  it('that is told of by signal and by update, often and at once, counts once', async () => {
    const opened = await voting.open(project);
    const { body } = await vote(opened, tokens['lisa'], { deliver: 'none' });
    const tell = () => handleOf(opened).executeUpdate(castVoteUpdate, { args: [body.vote] });
    const signals = Array.from({ length: 20 }, () => handleOf(opened).signal(voteSignal, body.vote));
    const answers = await Promise.all([tell(), tell(), tell(), ...signals]);
    for (const answer of answers.slice(0, 3))
      expect(answer).toMatchObject({ status: 'counted', tally: [{ approvals: 1 }] });
    expect(await audited(opened, body.vote)).toHaveLength(1);
  });

  it('of another approval, and one that nobody stored, is none here', async () => {
    const [opened, other] = [await voting.open(project), await voting.open(project, { isUnattended: true })];
    const { body } = await vote(other, tokens['lisa'], { deliver: 'none' });
    for (const id of [body.vote, 'nothing']) {
      await handleOf(opened).signal(voteSignal, id);
      const answer = await handleOf(opened).executeUpdate(castVoteUpdate, { args: [id] });
      expect(answer).toMatchObject({
        status: 'refused',
        refusal: 'this approval has no stored vote with this id',
      });
    }
    expect((await room.deps.approvals.vote(body.vote))?.status).toBe('pending');
    expect(await room.deps.approvals.votes(opened.approval.id)).toEqual([]);
  });

  it('is the sixth of one person that waits: it is not taken, which is audited', async () => {
    const waiting: Opened[] = [];
    for (let times = 0; times < 6; times += 1)
      waiting.push(await voting.open(project, { isUnattended: true }));
    const answers = [];
    for (const opened of waiting) answers.push(await vote(opened, tokens['omar'], { deliver: 'none' }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 409]);
    const why = '5 votes of omar wait to be counted, which is the most';
    expect(answers[5]?.body.error).toMatchObject({
      code: 'VOTE_REFUSED',
      message: expect.stringContaining(why),
    });
    const subject = waiting[5]?.approval.id ?? '';
    const [told] = await room.deps.audit.list({ action: 'vote.not-taken', subject });
    expect(told).toMatchObject({ actor: 'omar', details: expect.stringContaining(why) });
    for (const { approval } of waiting.slice(0, 5)) {
      const [row] = await room.deps.approvals.votes(approval.id);
      await room.deps.approvals.settleVote(row?.id ?? '', {
        status: 'refused',
        refusal: 'over',
        stage: null,
        channel: 'signal',
      });
    }
  });
});

describe('4,100 junk signals', () => {
  it('do not stop a valid vote, and the approval goes on in a new history once 4,000 events are there', async () => {
    const opened = await voting.open(project, { stages: [{ ...review, quorum: 1 }] });
    const first = await handleOf(opened).describe();
    const junk = Array.from({ length: 4100 }, (_, at) =>
      at % 3 === 0 ? { long: 'x'.repeat(1000) } : `junk-${at}`,
    );
    for (let at = 0; at < junk.length; at += 100)
      await Promise.all(junk.slice(at, at + 100).map((one) => handleOf(opened).signal('vote', one)));
    expect((await vote(opened, tokens['lisa'])).body).toMatchObject({
      status: 'counted',
      outcome: 'approved',
    });
    const last = await handleOf(opened).describe();
    expect(last.runId).not.toBe(first.runId);
    const whole = await room.deps.client.workflow.getHandle(opened.approval.id, first.runId).describe();
    expect(whole.status.name).toBe('CONTINUED_AS_NEW');
    expect(whole.historyLength).toBeGreaterThanOrEqual(4000);
    expect(last.historyLength).toBeLessThan(500);
    expect(await room.deps.approvals.votes(opened.approval.id)).toHaveLength(1);
  });
});
