import { beforeEach, describe, expect, it } from 'vitest';
import { authorsOf } from '../../../activities/approvals/author-facts.js';
import { policySchema } from '../../../domain/config/policy.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { commitBy, PromotionRoom } from './promotion-room.js';

let room: PromotionRoom;
beforeEach(() => {
  room = new PromotionRoom();
});

describe('who made a version', () => {
  it('is machine-started by a schedule, and by a commit of nobody', async () => {
    room.startedBy = { kind: 'schedule' };
    expect(await authorsOf(room.deps, room.version(2))).toMatchObject({
      machineStarted: true,
      strangers: [],
    });
    room.startedBy = { kind: 'manual', by: 'ada' };
    room.commits = [commitBy('ada'), commitBy('zoe')];
    expect(await authorsOf(room.deps, room.version(2))).toMatchObject({
      machineStarted: true,
      strangers: ['zoe <zoe@example.org>'],
    });
  });

  it('has whoever edited the policy in force or a program of it, since the champion', async () => {
    room.champion = 1;
    const asked: unknown[] = [];
    const history = async (_: string, range: { readonly to: string }) => {
      asked.push(range);
      return range.to === 'p'.repeat(40) ? [commitBy('bob')] : [commitBy('ada')];
    };
    const program = { name: 'fair', path: 'checks/fair', command: ['sh'] };
    const policy = policySchema.parse({ version: 1, programs: [program] });
    const inForce = { project: 'tiny', model: 'points', commit: 'p'.repeat(40), policy };
    const policies = { ...room.deps.policies, listInForce: async () => [inForce] as never };
    const deps = { ...room.deps, policies, git: { history } as never };
    expect(await authorsOf(deps, room.version(2))).toMatchObject({
      authors: [
        { account: 'ada', why: expect.arrayContaining([expect.stringMatching(/^wrote/)]) },
        {
          account: 'bob',
          why: expect.arrayContaining([expect.stringMatching(/^edited configuration or policy/)]),
        },
      ],
    });
    expect(asked).toContainEqual({
      ...{ from: '1'.repeat(40), to: 'p'.repeat(40) },
      touching: {
        files: ['policy.yaml', 'ratchet.yaml', 'ratchet.project.yaml'],
        folders: ['checks/fair'],
      },
    });
  });

  it('has a stranger where the commit of the champion is gone from the repository', async () => {
    room.champion = 1;
    const asked: unknown[] = [];
    const history = async (_: string, range: { readonly from: string | null }) => {
      asked.push(range.from);
      if (range.from !== null) throw new RatchetError('GIT_NOT_FOUND', 'gone');
      return room.commits;
    };
    const deps = { ...room.deps, git: { history } as never };
    expect(await authorsOf(deps, room.version(2))).toMatchObject({
      authors: [{ account: 'ada' }],
      strangers: ['whoever took commit 111111111111 out of the repository'],
      machineStarted: true,
    });
    expect(asked).toEqual(['1'.repeat(40), null]);
  });
});
