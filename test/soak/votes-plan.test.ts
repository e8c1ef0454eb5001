import { expect, it } from 'vitest';
import { planOf, victims, ways } from '../../scripts/soak/votes/plan.js';

const plans = Array.from({ length: 500 }, (_, seed) => planOf(seed));

it('casts and kills the same for the same seed', () => {
  expect(plans.map((_, seed) => planOf(seed))).toEqual(plans);
  expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(plans.length);
});

it('kills every process under every kind of vote, and none twice in a seed', () => {
  const votes = plans.flatMap((plan) => plan.votes);
  const met = new Set(votes.map(({ way, victim }) => `${victim} under ${way}`));
  expect(met.size).toBe(victims.length * ways.length);
  for (const plan of plans)
    expect(new Set(plan.votes.map(({ victim }) => victim)).size).toBe(plan.votes.length);
});
