import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChaosStack, openChaosStack } from '../../scripts/soak/chaos/chaos-stack.js';
import { playChaos } from '../../scripts/soak/chaos/play-chaos.js';
import { tellChaos } from '../../scripts/soak/chaos/soak-chaos.js';
import { seedsOfCommit } from '../../scripts/soak/seeds-of-commit.js';
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

describe(`a whole stack whose processes are killed one after another, with the seeds of commit ${commit}`, () => {
  it.each(seeds)('ends every run as if nothing had happened, seed %i', { timeout: 600_000 }, async (seed) => {
    const played = await playChaos(seed, chaos);
    console.log(tellChaos(played));
    expect(played.violations, tellChaos(played)).toEqual([]);
  });
});
