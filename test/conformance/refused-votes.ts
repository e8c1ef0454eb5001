import { payloadTypes } from '../../domain/signing/envelope.js';
import { generateKeyPair } from '../../trust/keys.js';
import { stageNamed } from './approval-store.js';
import { digestOf } from './dataset-manifest.js';
import { commitBy, type PromotionWorld, policyOf } from './promotion-world.js';

export type Story = (world: PromotionWorld, version: number) => Promise<unknown>;

/** A worker that lies: it opens, counts and ends as it likes, and asks for the promotion in the end. */
async function countsTwo(
  world: PromotionWorld,
  version: number,
  cast: (approval: Parameters<PromotionWorld['cast']>[0]) => Promise<unknown>,
) {
  const opened = await world.approvals.open(await world.request(version));
  await world.count(await world.cast(opened, 'bob'));
  await cast(opened);
  for (const vote of await world.approvals.pendingVotes(opened.id, 9)) await world.count(vote);
  await world.approvals.end(opened.id, 'approved', 'so it says');
  return world.promote(version, opened.id);
}

async function delegate(world: PromotionWorld, from: string, to: string): Promise<string> {
  const { approvals, project, name } = world;
  const id = `from-${from}-in-${project}`;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await approvals.delegate({ id, project, from: name(from), to: name(to), role: 'reviewer', until });
  return id;
}

/** Votes that do not count, each with the reason that the promotion gives. */
export const refusedVotes: readonly (readonly [string, RegExp, Story])[] = [
  [
    'one vote of two',
    /do not approve it/,
    (world, version) => countsTwo(world, version, async () => undefined),
  ],
  [
    "the author's vote",
    /ann-.* made what is to be approved/,
    (world, version) => countsTwo(world, version, (approval) => world.cast(approval, 'ann')),
  ],
  [
    'a vote of who wrote a commit of it, whom the author set leaves out',
    /cy-.* made what is to be approved .*: wrote/,
    async (world, version) => {
      const hands = await world.handsNow({ commits: [commitBy('ann'), commitBy('cy')] });
      return world.promote(version, await world.approve(version), { hands });
    },
  ],
  [
    'a vote of who wrote with others, and one of who edited the policy, whom the author set leaves out',
    /bob-.* made .* with others wrote .*cy-.* made .* edited configuration or policy/,
    async (world, version) => {
      const hands = { commits: [commitBy('ann', 'bob')], configEdits: [commitBy('cy')] };
      return world.promote(version, await world.approve(version), { hands: await world.handsNow(hands) });
    },
  ],
  [
    "one vote where the repository has a stranger's commit, of which the author set says nothing",
    /do not approve it/,
    async (world, version) => {
      await world.putPolicy(policyOf('one'));
      await world.judge(version);
      const opened = await world.approvals.open(
        await world.request(version, { stages: [stageNamed('review')] }),
      );
      await world.count(await world.cast(opened, 'bob'));
      await world.approvals.end(opened.id, 'approved', 'one said yes');
      const hands = await world.handsNow({ commits: [commitBy('zoe')] });
      return world.promote(version, opened.id, { hands });
    },
  ],
  [
    'a vote of who is no member',
    /is not a member/,
    (world, version) => countsTwo(world, version, (approval) => world.cast(approval, 'eve')),
  ],
  [
    'a vote that is signed by a key of its own',
    /is not registered/,
    (world, version) =>
      countsTwo(world, version, (approval) => world.cast(approval, 'cy', { by: generateKeyPair() })),
  ],
  [
    'a vote whose signature is of another',
    /signature/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        const [signed] = await world.approvals.votes(approval.id);
        const forged = Buffer.from(JSON.stringify({ approver: world.name('cy') })).toString('base64');
        const signatures = signed?.envelope.signatures ?? [];
        const envelope = { payloadType: payloadTypes.vote, payload: forged, signatures };
        return world.cast(approval, 'cy', { envelope });
      }),
  ],
  [
    "another's vote under a name of one's own",
    /says another approver/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        const [signed] = await world.approvals.votes(approval.id);
        return world.cast(approval, 'cy', signed ? { envelope: signed.envelope } : {});
      }),
  ],
  [
    'a vote that was signed for another round',
    /signed for .* in round 2/,
    (world, version) => countsTwo(world, version, (approval) => world.cast(approval, 'cy', { round: 2 })),
  ],
  [
    'a vote that was signed for another run',
    /says another approval/,
    (world, version) =>
      countsTwo(world, version, (approval) =>
        world.cast(approval, 'cy', { approval: `approval/${world.project}/delay@7/1` }),
      ),
  ],
  [
    'a vote that was signed for other bytes',
    /other digests/,
    (world, version) =>
      countsTwo(world, version, (approval) =>
        world.cast(approval, 'cy', { digests: { ...approval.digests, model: digestOf('f') } }),
      ),
  ],
  [
    'a vote that came after its time',
    /was good until/,
    (world, version) =>
      countsTwo(world, version, (approval) =>
        world.cast(approval, 'cy', { expiresAt: new Date(Date.now() - 5000).toISOString() }),
      ),
  ],
  [
    'a vote in the place of who has not delegated it',
    /has not delegated/,
    (world, version) =>
      countsTwo(world, version, (approval) => world.cast(approval, 'dee', { onBehalfOf: world.name('cy') })),
  ],
  [
    'a vote after its delegation ended',
    /did not hold/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        await world.approvals.endDelegation(await delegate(world, 'cy', 'dee'));
        return world.cast(approval, 'dee', { onBehalfOf: world.name('cy') });
      }),
  ],
  [
    'a seat that was given twice',
    /has been given already/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        await delegate(world, 'bob', 'dee');
        return world.cast(approval, 'dee', { onBehalfOf: world.name('bob') });
      }),
  ],
  [
    'a vote in the place of an author',
    /ann-.* made what is to be approved/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        await delegate(world, 'ann', 'dee');
        return world.cast(approval, 'dee', { onBehalfOf: world.name('ann') });
      }),
  ],
  [
    'a vote of a machine',
    /only people vote/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        await world.accounts.create({ name: world.name('mac'), kind: 'machine', email: null, admin: false });
        await world.putMembers({ bob: ['reviewer'], mac: ['reviewer'] });
        return world.cast(approval, 'mac');
      }),
  ],
  [
    'a vote that says no decision',
    /does not say a valid decision/,
    (world, version) =>
      countsTwo(world, version, async (approval) => {
        const { envelope } = await world.sign(approval, 'cy', { decision: 'maybe' as never });
        return world.cast(approval, 'cy', { envelope });
      }),
  ],
  [
    'what is no envelope in the place of a vote',
    /is not an envelope/,
    (world, version) =>
      countsTwo(world, version, (approval) => world.cast(approval, 'cy', { envelope: 'yes' as never })),
  ],
  [
    'a rejection that was set aside',
    /reject it/,
    async (world, version) => {
      const opened = await world.approvals.open(await world.request(version));
      await world.count(await world.cast(opened, 'dee', { decision: 'reject' }), 'refused');
      for (const short of ['bob', 'cy']) await world.count(await world.cast(opened, short));
      await world.approvals.end(opened.id, 'approved', 'so it says');
      return world.promote(version, opened.id);
    },
  ],
  [
    'votes that were not counted',
    /do not approve it/,
    async (world, version) => {
      const opened = await world.approvals.open(await world.request(version));
      for (const short of ['bob', 'cy']) await world.cast(opened, short);
      await world.approvals.end(opened.id, 'approved', 'so it says');
      return world.promote(version, opened.id);
    },
  ],
  [
    'a voter who is a member no longer',
    /is not a member/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.putMembers({ bob: ['reviewer'] });
      return world.promote(version, approval);
    },
  ],
  [
    'a voter whose role was taken',
    /takes votes of reviewer/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.putMembers({ bob: ['reviewer'], cy: ['data-engineer'] });
      return world.promote(version, approval);
    },
  ],
  [
    'a voter whose account is disabled',
    /is disabled/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.accounts.disable(world.name('cy'));
      return world.promote(version, approval);
    },
  ],
  [
    'votes by a key that was revoked',
    /revoked/,
    async (world, version) => {
      const other = generateKeyPair();
      await world.putKey(other);
      const opened = await world.approvals.open(await world.request(version));
      await world.count(await world.cast(opened, 'bob'));
      await world.count(await world.cast(opened, 'cy', { by: other }));
      await world.approvals.end(opened.id, 'approved', 'two said yes');
      await world.putKey(other, { revokedAt: new Date().toISOString() });
      return world.promote(version, opened.id);
    },
  ],
];
