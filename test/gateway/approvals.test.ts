import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApprovalRecord } from '../../domain/ports/approvals.js';
import { withdrawSignal } from '../../workflows/messages/approvals.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { type Opened, openVotingRoom, type VotingRoom } from './voting-room.js';

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

describe('delegation', () => {
  const until = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const delegate = (token: string, body: object) =>
    room.ask('post', `/api/v1/projects/${project}/delegations`, {
      token,
      body: { role: 'reviewer', ...body },
    });

  it('lets another vote in the place, until it is ended', async () => {
    const { body: made } = await delegate(tokens.lisa, { to: 'ben', until: until(1) });
    expect(made).toMatchObject({ from: 'lisa', to: 'ben', endedAt: null });
    const opened = await voting.open(project);
    expect((await show(opened, tokens.ben)).you).toMatchObject({ mayVote: true, onBehalfOf: ['lisa'] });
    const answer = await vote(opened, tokens.ben, { onBehalfOf: 'lisa' });
    expect(answer.body).toMatchObject({ status: 'counted', tally: [{ approvals: 1 }] });
    const end = `/api/v1/projects/${project}/delegations/${made.id}/end`;
    expect((await room.ask('post', end, { token: tokens.omar })).status).toBe(403);
    expect((await room.ask('post', end, { token: tokens.lisa })).body.endedAt).not.toBeNull();
    const later = await vote(await voting.open(project), tokens.ben, { onBehalfOf: 'lisa' });
    expect([later.status, later.body.error.message]).toEqual([409, expect.stringContaining('did not hold')]);
  });

  it.each<[string, () => Promise<{ status: number }>, number]>([
    ['as a role that one has not', () => delegate(tokens.ben, { to: 'lisa', until: until(1) }), 403],
    ['to nobody of the project', () => delegate(tokens.lisa, { to: 'stranger', until: until(1) }), 400],
    ['to oneself', () => delegate(tokens.lisa, { to: 'lisa', until: until(1) }), 400],
    ['for ever', () => delegate(tokens.lisa, { to: 'omar', until: until(91) }), 400],
    ['that is over', () => delegate(tokens.lisa, { to: 'omar', until: until(-1) }), 400],
  ])('is refused %s', async (_, ask, status) => {
    expect((await ask()).status).toBe(status);
  });
});

describe('an approval', () => {
  it('shows what changes from the champion, who may not vote, and how far it is', async () => {
    const opened = await voting.open(project);
    const body = await show(opened, tokens.lisa);
    expect(body).toMatchObject({
      id: opened.approval.id,
      status: 'open',
      stage: 'review',
      role: 'reviewer',
      stages: [{ name: 'review', status: 'open', quorum: 2, veto: true }],
      verdict: null,
      code: null,
      change: null,
      voters: ['anna', 'lisa', 'omar'],
      you: { account: 'lisa', mayVote: true, why: `as reviewer of ${project}` },
    });
    expect(body.diff.from).toBeNull();
    expect(body.diff.changes).toContainEqual({
      part: 'metrics',
      what: 'recall',
      metric: 'recall',
      from: null,
      to: expect.any(Number),
      better: null,
    });
  });

  it('is found by its newest round, and in the list', async () => {
    const opened = await voting.open(project);
    const latest = await show({ ...opened, path: opened.path.replace(/1$/, 'latest') }, tokens.lisa);
    expect(latest.id).toBe(opened.approval.id);
    const { body } = await room.ask('get', `/api/v1/approvals?status=open&limit=1`, { token: tokens.lisa });
    expect(body.approvals.map(({ id }: { id: string }) => id)).toEqual([opened.approval.id]);
    expect(body.next).not.toBeNull();
  });

  it('is withdrawn by who may promote, once, also where no workflow waits', async () => {
    for (const isUnattended of [false, true]) {
      const opened = await voting.open(project, { isUnattended });
      await vote(opened, tokens.lisa, { deliver: 'none' });
      const withdraw = (token: string) =>
        room.ask('post', `${opened.path}/withdraw`, { token, body: { reason: 'a newer one comes' } });
      expect((await withdraw(tokens.lisa)).status).toBe(403);
      expect((await withdraw(tokens.anna)).body).toEqual({
        approval: opened.approval.id,
        status: 'withdrawn',
        reason: 'withdrawn by anna: a newer one comes',
      });
      expect((await withdraw(tokens.anna)).body.error.code).toBe('CONFLICT');
      const [told] = await room.deps.audit.list({ action: 'approval.ended', subject: opened.approval.id });
      expect(told).toMatchObject({ actor: 'anna' });
      const handle = room.deps.client.workflow.getHandle(opened.approval.id);
      if (!isUnattended) expect(await handle.result()).toMatchObject({ status: 'withdrawn' });
      const [stored] = await room.deps.approvals.votes(opened.approval.id);
      // Where a workflow waits, it may have counted the vote before.
      const settled = { status: 'refused', refusal: 'the approval is over: withdrawn' };
      expect(stored).toMatchObject(isUnattended ? settled : { status: expect.not.stringMatching('pending') });
    }
  });

  it('is stopped by a raw message too, which says nothing of who sent it', async () => {
    const opened = await voting.open(project);
    await vote(opened, tokens.lisa);
    const handle = room.deps.client.workflow.getHandle(opened.approval.id);
    await handle.signal(withdrawSignal, { by: 'anna', reason: 'says who' });
    expect(await ended(opened.approval)).toMatchObject({
      status: 'withdrawn',
      reason: 'withdrawn by a message that names anna: says who',
    });
    const [told] = await room.deps.audit.list({ action: 'approval.ended', subject: opened.approval.id });
    expect(told?.actor).toMatch(/^system\//);
  });

  it('is void once another policy is in force, whatever was voted before', async () => {
    const opened = await voting.open(project);
    await vote(opened, tokens.lisa);
    voting.changePolicy();
    const { status, body } = await vote(opened, tokens.omar);
    expect([status, body.status, body.outcome]).toEqual([200, 'refused', 'void']);
    expect((await ended(opened.approval)).reason).toContain('policy');
  });
});
