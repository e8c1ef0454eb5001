import { beforeEach, describe, expect, it } from 'vitest';
import { openPromotion } from '../../../activities/approvals/open-promotion.js';
import type { CodeChanges } from '../../../domain/approvals/code-changes.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { PromotionRoom } from './promotion-room.js';

let room: PromotionRoom;
beforeEach(() => {
  room = new PromotionRoom();
});
const open = (version: number) =>
  openPromotion(room.deps, { project: 'tiny', model: 'points', version, requestedBy: 'run/2' });
const exhibitsOf = (version: number) =>
  room.approvals.rows.get(`approval/tiny/points@${version}/1`)?.exhibits;

/** What is kept of the code for an approval that is opened. */
async function codeOf(version: number): Promise<CodeChanges> {
  await open(version);
  const ref = exhibitsOf(version)?.code;
  if (ref === undefined) throw new Error(`nothing is kept for version ${version}`);
  return (await room.blobs.getJson(ref)) as CodeChanges;
}

describe('what of the code differs from the champion', () => {
  it('is kept when people are asked, and nothing where there is no champion', async () => {
    await open(2);
    expect(exhibitsOf(2)).toEqual({});
    room.champion = 1;
    expect(await codeOf(3)).toEqual({
      from: '1'.repeat(40),
      to: '3'.repeat(40),
      files: [{ path: 'train.py', added: 3, removed: 1 }],
      total: { files: 1, added: 3, removed: 1 },
      gap: null,
    });
  });

  it('is kept for 200 files at most, and counted for all', async () => {
    room.champion = 1;
    room.changedFiles = () =>
      Array.from({ length: 201 }, (_, at) => ({ path: `f${at}`, added: 2, removed: null }));
    const many = await codeOf(2);
    expect(many).toMatchObject({ total: { files: 201, added: 402, removed: 0 }, gap: null });
    expect(many.files).toHaveLength(200);
  });

  it('is a gap with its reason where Git cannot say it, and people are asked', async () => {
    room.champion = 1;
    room.changedFiles = () => {
      throw new RatchetError('GIT_NOT_FOUND', 'there is no such commit');
    };
    expect(await codeOf(2)).toMatchObject({ files: [], gap: 'there is no such commit' });
  });

  it('is asked for again where Git does not answer', async () => {
    room.champion = 1;
    room.changedFiles = () => {
      throw new RatchetError('GIT_UNREACHABLE', 'away');
    };
    await expect(open(2)).rejects.toMatchObject({ code: 'GIT_UNREACHABLE' });
    expect(exhibitsOf(2)).toBeUndefined();
  });
});
