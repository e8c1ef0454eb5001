import { expect, it } from 'vitest';
import { moments, planOf, victims } from '../../scripts/soak/endpoints/plan.js';

const plans = Array.from({ length: 1000 }, (_, seed) => planOf(seed));

it('kills the same for the same seed', () => {
  expect(plans.map((_, seed) => planOf(seed))).toEqual(plans);
  expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(plans.length);
});

it('kills every process in every step of a release, none twice in a seed, and in each the worker that deploys', () => {
  const met = new Set(plans.flat().map(({ victim, moment }) => `${victim} in ${moment}`));
  expect(met.size).toBe(victims.length * moments.length);
  for (const plan of plans) {
    const struck = plan.map(({ victim }) => victim);
    expect(new Set(struck).size).toBe(plan.length);
    expect(struck).toContain('serving');
  }
});
