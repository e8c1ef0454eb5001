import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowIds } from '../../domain/names.js';
import type { ApprovalRecord, VoteRecord } from '../../domain/ports/approvals.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { castVoteUpdate, voteSignal } from '../../workflows/messages/approvals.js';
import { BallotPress } from './bad-ballots.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { openPromotingRoom, type PromotingRoom } from './promoting-room.js';

let room: GatewayRoom;
let promoting: PromotingRoom;
let project: string;
let tokens: Record<'anna' | 'lisa' | 'omar' | 'rita', string>;
beforeAll(async () => {
  room = await openGatewayRoom();
  promoting = await openPromotingRoom(room);
  ({ project } = promoting);
  tokens = await membersOf(room, project, {
    anna: ['ml-engineer', 'reviewer'],
    rita: ['ml-engineer', 'reviewer'],
    lisa: ['reviewer'],
    omar: ['reviewer'],
  });
});
afterAll(async () => {
  await promoting.close();
  await room.close();
});

const handleOf = ({ id }: ApprovalRecord) => room.deps.client.workflow.getHandle(id);

/** A version of a run that anna started, that failed, and that rita resumed. */
async function candidateOfResumed(): Promise<ModelVersionRecord> {
  const version = await promoting.candidate();
  const { runId } = version;
  await room.deps.runs.setStatus(runId, 'failed', 'the machine was restarted');
  const { status } = await room.ask('post', `/api/v1/runs/${runId}/resume`, { token: tokens.rita, body: {} });
  expect(status).toBe(200);
  await room.deps.client.workflow.getHandle(workflowIds.trainModel(project, 'delay', runId)).terminate();
  return version;
}

async function asked({ version }: ModelVersionRecord): Promise<ApprovalRecord> {
  for (let times = 0; times < 600; times += 1) {
    const found = await promoting.deps.approvals.latest(project, `delay@${version}`);
    if (found?.status === 'open') return found;
    await sleep(50);
  }
  throw new Error('nobody was asked');
}

async function settled(id: string): Promise<VoteRecord> {
  for (let times = 0; times < 600; times += 1) {
    const row = await room.deps.approvals.vote(id);
    if (row !== undefined && row.status !== 'pending') return row;
    await sleep(50);
  }
  throw new Error(`vote ${id} was never settled`);
}

const vote = async ({ subject, round }: ApprovalRecord, token: string) => {
  const path = `/api/v1/approvals/${project}/${subject}/${round}/votes`;
  return (await room.ask('post', path, { token, body: { decision: 'approve', reason: 'looked at it' } }))
    .body;
};

describe('a version of a run that somebody resumed', () => {
  it('takes no vote of theirs, by HTTP, raw update or raw signal, and is let in by others', async () => {
    const version = await candidateOfResumed();
    const result = promoting.promote(version);
    const approval = await asked(version);
    expect(approval.authorSet.authors).toEqual(
      expect.arrayContaining([
        { account: 'anna', why: expect.arrayContaining(['started the run']) },
        { account: 'rita', why: ['resumed the run'] },
      ]),
    );
    const why = 'rita made what is to be approved and may not vote on it: resumed the run';
    expect((await vote(approval, tokens.rita)).error.message).toContain(why);
    const press = new BallotPress(room, approval, approval);
    const byUpdate = await press.put({ approver: 'rita' });
    const answer = await handleOf(approval).executeUpdate(castVoteUpdate, { args: [byUpdate] });
    expect(answer).toMatchObject({
      status: 'refused',
      refusal: expect.stringContaining(why),
      outcome: 'open',
    });
    const bySignal = await press.put({ approver: 'rita' });
    await handleOf(approval).signal(voteSignal, bySignal);
    expect(await settled(bySignal)).toMatchObject({
      status: 'refused',
      refusal: expect.stringContaining(why),
    });
    expect(await vote(approval, tokens.lisa)).toMatchObject({ status: 'counted', outcome: 'open' });
    expect(await vote(approval, tokens.omar)).toMatchObject({ status: 'counted', outcome: 'approved' });
    expect(await result).toMatchObject({ status: 'promoted' });
  });
});
