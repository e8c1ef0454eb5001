import { beforeEach, describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../trust/keys.js';
import { stageNamed } from './approval-store.js';
import { digestOf } from './dataset-manifest.js';
import {
  type ChampionSubject,
  makePromotionWorld,
  type PromotionWorld,
  policyOf,
} from './promotion-world.js';
import { refusedVotes, type Story } from './refused-votes.js';

const verdicts: readonly (readonly [string, RegExp, Story])[] = [
  [
    'a version that is no candidate',
    /is refused, and only a candidate/,
    async (world, version) => {
      await world.champions.judge({ ...world.at(version), to: 'refused' });
      return world.promote(version, await world.approve(version));
    },
  ],
  [
    'a version whose newest verdict is no pass',
    /the verdict of the policy is fail/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.judge(version, { verdict: 'fail' });
      return world.promote(version, approval);
    },
  ],
  [
    'a policy that was changed after the vote',
    /the verdict is of policy .* is in force/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.putPolicy(policyOf('two', 'another'));
      return world.promote(version, approval);
    },
  ],
  [
    'a policy that was changed and judged again after the vote',
    /about other digests/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.putPolicy(policyOf('two', 'another'));
      await world.judge(version);
      return world.promote(version, approval);
    },
  ],
  [
    'a policy that is no longer in force',
    /no policy is in force/,
    async (world, version) => {
      const approval = await world.approve(version);
      await world.putPolicy(null);
      return world.promote(version, approval);
    },
  ],
  [
    'a verdict about another file',
    /judged another model/,
    async (world, version) => {
      const digests = { ...(await world.digestsNow()), model: digestOf('f') };
      await world.judge(version, { digests });
      return world.promote(version, await world.approve(version, { digests }));
    },
  ],
  [
    'a verdict about another evaluation',
    /judged another evaluation/,
    async (world, version) => {
      await world.judge(version, { digests: { ...(await world.digestsNow()), evaluation: digestOf('1') } });
      return world.promote(version, await world.approve(version));
    },
  ],
  [
    'another purpose than the policy judged',
    /about other digests/,
    async (world, version) => {
      const digests = { ...(await world.digestsNow()), purpose: digestOf('1') };
      return world.promote(version, await world.approve(version, { digests }));
    },
  ],
];

const approvals: readonly (readonly [string, RegExp, Story])[] = [
  [
    'no approval where people are asked',
    /asks for an approval/,
    (world, version) => world.promote(version, null),
  ],
  [
    'an approval that is open',
    /is open/,
    async (world, version) => {
      const { id } = await world.approvals.open(await world.request(version));
      return world.promote(version, id);
    },
  ],
  [
    'an approval of another version',
    /is not about the promotion of/,
    async (world, version) => {
      const other = await world.candidate('other');
      return world.promote(version, await world.approve(other));
    },
  ],
  [
    'an approval of a change',
    /is not about the promotion of/,
    async (world, version) => {
      return world.promote(version, await world.approve(version, { kind: 'change' }));
    },
  ],
  [
    'an approval with easier stages',
    /has other stages/,
    async (world, version) => {
      const stages = [stageNamed('review', { quorum: 1 })];
      return world.promote(version, await world.approve(version, { stages }));
    },
  ],
  [
    'an approval whose author set leaves out who started the run',
    /leaves out ann/,
    async (world, version) => {
      const authorSet = { authors: [], strangers: [], machineStarted: false };
      return world.promote(version, await world.approve(version, { authorSet }));
    },
  ],
  [
    'an approval whose author set leaves out who resumed the run',
    /leaves out bob-of-\S+, who resumed the run/,
    async (world, version) => {
      await world.resume('one', 'bob');
      return world.promote(version, await world.approve(version));
    },
  ],
  [
    'an approval where nobody looked into the repository',
    /nobody has looked into its repository/,
    async (world, version) => world.promote(version, await world.approve(version), { hands: null }),
  ],
  [
    'an attestation about another file',
    /about another model file/,
    async (world, version) => {
      const attestation = await world.attest(digestOf('f'));
      return world.promote(version, await world.approve(version), { attestation });
    },
  ],
  [
    'an attestation by a key that is not registered',
    /attestation counts for nothing/,
    async (world, version) => {
      const approval = await world.approve(version);
      const attestation = await world.attest(digestOf('e'), generateKeyPair());
      return world.promote(version, approval, { attestation });
    },
  ],
];

/** What a promotion is refused for, whatever whoever asks for it has verified or says that they have. */
export function promotionRefusals(make: () => Promise<ChampionSubject>): void {
  let world: PromotionWorld;
  let version: number;
  beforeEach(async () => {
    world = await makePromotionWorld(await make());
    version = await world.candidate('one');
  });

  describe.each([
    ['what was judged', verdicts],
    ['what is named', approvals],
    ['who voted', refusedVotes],
  ] as const)('by %s', (_, stories) => {
    it.each(stories)('refuses %s', async (_title, reason, story) => {
      const error: unknown = await story(world, version).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'PROMOTION_REFUSED', message: expect.stringMatching(reason) });
      const { champions, project } = world;
      expect(await champions.champion(project, 'delay')).toBeUndefined();
      expect((await champions.history(project, 'delay')).some(({ to }) => to === 'champion')).toBe(false);
      const [told] = await world.audit.list({ project, action: 'promotion.refused' });
      expect(told).toMatchObject({ actor: world.name('eve'), subject: expect.stringMatching(/^delay@/) });
      expect(told?.details).toMatch(reason);
    });
  });
}
