import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { moveChampion } from '../../../activities/approvals/move-champion.js';
import { openPromotion } from '../../../activities/approvals/open-promotion.js';
import { createPromotionActivities } from '../../../activities/approvals/promotion-activities.js';
import { settleVotes } from '../../../activities/approvals/settle-votes.js';
import { signAttestation } from '../../../activities/approvals/sign-attestation.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { type Envelope, payloadTypes } from '../../../domain/signing/envelope.js';
import type { ModelStatement } from '../../../domain/signing/model-statement.js';
import { createVerifier } from '../../../trust/verifier.js';
import { PromotionRoom } from './promotion-room.js';

const at = { project: 'tiny', model: 'points', version: 2 };
const id = 'approval/tiny/points@2/1';

async function approvedRoom() {
  const room = new PromotionRoom();
  room.model = await room.blobs.putBytes(Buffer.from('the model'));
  room.judged = { ...room.judged, model: room.model.sha256 };
  await openPromotion(room.deps, { ...at, requestedBy: 'run/2' });
  await room.vote('bob');
  await room.vote('ada');
  await settleVotes(room.deps, { approval: id, updates: [], signals: [] });
  return room;
}

describe('the attestation of a version', () => {
  it('says what it is made of, how it was judged and who let it in, under a signature', async () => {
    const room = await approvedRoom();
    const ref = await signAttestation(room.deps, { ...at, approval: id });
    const envelope = (await room.blobs.getJson(ref)) as Envelope;
    const now = new Date().toISOString();
    const verified = createVerifier().verify(envelope, payloadTypes.statement, room.keys, now);
    if (verified.kind === 'invalid') throw new Error(verified.reason);
    const statement = verified.value as ModelStatement;
    expect(statement).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'tiny/points@2', digest: { sha256: room.model.sha256 } }],
      predicate: {
        isolationTier: 'uid',
        materials: [
          { uri: 'git+https://git.example.org/tiny', digest: { gitCommit: '2'.repeat(40) } },
          { name: 'dataset points@1', digest: { sha256: 'd' } },
          { name: 'configuration', digest: { sha256: 'c' } },
          { name: 'environment', digest: { sha256: 'v' } },
        ],
        evaluation: { id: 'e1', metrics: { rocAuc: 0.75 } },
        policy: { verdict: 'pass', digest: 'p' },
        approval: { id, authors: ['ada'], machineStarted: false },
      },
    });
    expect(statement.predicate.approval?.votes).toEqual([room.approvals.votes.get('vote-of-bob')?.envelope]);
    expect(JSON.stringify(statement)).not.toContain('secret');
  });

  it('is not made of a model whose bytes are not what was approved, and the refusal is recorded', async () => {
    const room = await approvedRoom();
    for (const object of room.blobs.objects.values()) object.bytes[0] = 0;
    const reason = expect.stringMatching(/^version 2 .* its file is not the one that was judged: blobs\//);
    await expect(signAttestation(room.deps, { ...at, approval: id })).rejects.toMatchObject({
      code: 'PROMOTION_REFUSED',
      message: reason,
    });
    expect(room.audited).toMatchObject([{ action: 'promotion.refused', details: { approval: id, reason } }]);
  });

  it('goes with the promotion, as the envelope that was signed', async () => {
    const room = await approvedRoom();
    const attestation = await signAttestation(room.deps, { ...at, approval: id });
    const { moveChampion, nextInLine } = createPromotionActivities(room.deps);
    await new MockActivityEnvironment().run(moveChampion, {
      ...at,
      approval: id,
      attestation,
      actor: 'run/2',
    });
    expect(room.promoted).toEqual([
      {
        ...{ ...at, approval: id, actor: 'run/2' },
        hands: { since: null, commits: room.commits, configEdits: [], gaps: [] },
        attestation: await room.blobs.getJson(attestation),
      },
    ]);
    const next = await new MockActivityEnvironment().run(nextInLine, { ...at, version: 1, requestedBy: 'x' });
    expect(next).toEqual(['promote/tiny/points/2', 'promote/tiny/points/3']);
  });

  it('is read anew who made it where the champion moved meanwhile, and not for ever', async () => {
    const room = await approvedRoom();
    const attestation = await signAttestation(room.deps, { ...at, approval: id });
    const tried: unknown[] = [];
    const promote = (moves: number) => async (promotion: { readonly hands: unknown }) => {
      tried.push(promotion.hands);
      if (tried.length > moves) return at;
      room.champion = 1;
      throw new RatchetError('CONFLICT', 'the champion moved');
    };
    const input = { ...at, approval: id, attestation, actor: 'run/2' };
    const deps = (moves: number) => ({
      ...room.deps,
      champions: { ...room.deps.champions, promote: promote(moves) as never },
    });
    await moveChampion(deps(1), input);
    expect(tried).toMatchObject([{ since: null }, { since: '1'.repeat(40) }]);
    await expect(moveChampion(deps(99), input)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
