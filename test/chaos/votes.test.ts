import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChaosStack, openChaosStack } from '../../scripts/soak/chaos/chaos-stack.js';
import { seedsOfCommit } from '../../scripts/soak/seeds-of-commit.js';
import { playVotes } from '../../scripts/soak/votes/play-votes.js';
import { tellVotes } from '../../scripts/soak/votes/soak-votes.js';
import { violationsOf } from '../../scripts/soak/votes/violations.js';
import { makeHome, removeHome } from '../stack/fixtures/state-folder.js';

const { commit, seeds } = await seedsOfCommit();
const home = makeHome();
let chaos: ChaosStack;

beforeAll(async () => {
  chaos = await openChaosStack(home);
});

afterAll(async () => {
  await chaos?.close();
  removeHome(home);
});

describe(`votes while processes are killed, with the seeds of commit ${commit}`, () => {
  it.each(seeds)(
    'count once, none is lost, and let one version in, seed %i',
    { timeout: 600_000 },
    async (seed) => {
      const played = await playVotes(seed, chaos);
      console.log(tellVotes(played));
      expect(played.violations, tellVotes(played)).toEqual([]);
    },
  );

  it('would show a vote that is missing, and a project without an approval', async () => {
    const [seed = 0] = seeds;
    const { votes } = chaos.stores.approvals;
    const lossy = { ...chaos.stores.approvals, votes: async (id: string) => (await votes(id)).slice(1) };
    const stores = { ...chaos.stores, approvals: lossy };
    const found = await violationsOf({ ...chaos, stores }, `votes-${seed}`, 3);
    expect(found).toContainEqual(expect.stringMatching(/people have a vote that counts, and 3 voted$/));
    expect(found).toContainEqual(expect.stringMatching(/votes were recorded, and \d+ are there$/));
    expect(await violationsOf(chaos, 'nothing', 2)).toEqual(['no approval was opened']);
  });
});
