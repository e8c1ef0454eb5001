import { expect, it } from 'vitest';
import { moments, planOf } from '../../scripts/soak/chaos/plan.js';

const plans = Array.from({ length: 500 }, (_, seed) => planOf(seed));

it('kills the same at the same moments for the same seed', () => {
  expect(plans.map((_, seed) => planOf(seed))).toEqual(plans);
  expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(plans.length);
});

it('kills every kind of process, and at every step', () => {
  const kills = plans.flatMap((plan) => plan.kills);
  expect(new Set(kills.map(({ target }) => target))).toEqual(
    new Set(['temporal', 'postgres', 's3', 'orchestrator', 'cpu', 'trainer', 'sandbox', 'helper']),
  );
  expect(new Set(kills.map(({ moment }) => moment))).toEqual(new Set(moments));
});

it('goes through the steps in their order, and kills no process twice in a seed', () => {
  for (const { kills } of plans) {
    const order = kills.map(({ moment }) => moments.indexOf(moment));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(kills.map(({ target }) => target)).size).toBe(kills.length);
  }
});
