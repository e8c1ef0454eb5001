import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notificationSchema } from '../../domain/config/tracking.js';
import type { Letter } from '../../domain/ports/outbox.js';
import { type GatewayRoom, openGatewayRoom } from './gateway-room.js';
import { membersOf } from './people.js';
import { openVotingRoom, review, type VotingRoom } from './voting-room.js';

let room: GatewayRoom;
let voting: VotingRoom;
let project: string;
let tokens: Readonly<Record<string, string>>;
beforeAll(async () => {
  room = await openGatewayRoom();
  voting = await openVotingRoom(room);
  project = await room.newProject();
  tokens = await membersOf(room, project, { anna: ['reviewer'], lisa: ['reviewer'], omar: ['admin'] });
  const found = await room.deps.projects.get(project);
  const hook = { kind: 'webhook', url: 'secret://url', secret: 'secret://key' };
  const notifications = {
    people: notificationSchema.parse({ ...hook, about: ['approval.asked'] }),
    others: notificationSchema.parse(hook),
  };
  await room.deps.projects.put({ ...found, config: { ...found.config, notifications } });
});
afterAll(async () => {
  await voting.close();
  await room.close();
});

const authorSet = {
  authors: [{ account: 'anna', why: ['started the run'] }],
  strangers: [],
  machineStarted: false,
};

/** Oldest first, once there are so many. */
async function letters(least: number): Promise<readonly Letter[]> {
  for (let times = 0; times < 600; times += 1) {
    const found = await room.deps.outbox.list({ project });
    if (found.length >= least) return found.toReversed();
    await sleep(50);
  }
  throw new Error(`there were never ${least} letters`);
}

describe('an approval that waits for votes', () => {
  it('is told of to the targets that ask for it, at each stage, to who may vote there', async () => {
    const stages = [
      { ...review, quorum: 1 },
      { ...review, name: 'govern', role: 'admin', quorum: 1 } as const,
    ];
    const { approval, path } = await voting.open(project, { authorSet, stages });
    const { subject } = approval;
    const [asked] = await letters(1);
    expect(asked).toMatchObject({
      target: 'people',
      notice: { kind: 'approval.asked', model: 'delay', to: ['lisa'] },
    });
    expect(asked?.notice.title).toBe(`${project}: ${subject} waits for votes`);
    const until = new Date(Date.parse(approval.stageOpenedAt) + review.expireMs).toISOString();
    expect(asked?.notice.lines).toEqual([
      `to be approved: version ${subject.replace('delay@', '')} of delay becomes champion`,
      'by: 1 of reviewer, in stage "review", 1 of 2',
      'asked are: lisa',
      `until: ${until}; after that it is over, and nothing of it comes`,
      `what it is, and who may vote: ratchet approval show ${project}/${subject}`,
      `to vote: ratchet approval vote ${project}/${subject} approve --reason <why>`,
    ]);
    const body = { decision: 'approve', reason: 'looked at it' };
    const voted = await room.ask('post', `${path}/votes`, { token: tokens['lisa'] ?? null, body });
    expect(voted.body).toMatchObject({ status: 'counted', outcome: 'open' });
    const both = await letters(2);
    expect(both.map(({ target, notice }) => [target, notice.to])).toEqual([
      ['people', ['lisa']],
      ['people', ['omar']],
    ]);
    expect(both[1]?.notice.lines).toContain('by: 1 of admin, in stage "govern", 2 of 2');
  });
});
