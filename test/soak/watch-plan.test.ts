import { describe, expect, it } from 'vitest';
import { episodeKinds, planOf } from '../../scripts/soak/watch/plan.js';
import { dayMs, rowsOf } from '../../scripts/soak/watch/planned-days.js';

const plans = Array.from({ length: 200 }, (_, seed) => planOf(seed, 90));

describe('the plan of a watched endpoint', () => {
  it('is the same for the same seed, with the same rows', () => {
    expect(planOf(7, 20)).toEqual(planOf(7, 20));
    expect(rowsOf(planOf(7, 20)).at(-1)).toEqual(rowsOf(planOf(7, 20)).at(-1));
  });

  it('leaves time between what happens, and sometimes nothing does', () => {
    for (const { episodes } of plans)
      for (const [at, { from, to }] of episodes.entries()) {
        expect(to).toBeGreaterThan(from + 5);
        expect(from - (episodes[at - 1]?.to ?? -14)).toBeGreaterThanOrEqual(14);
      }
    const quiet = plans.filter(({ episodes }) => episodes.length === 0).length;
    expect(quiet).toBeGreaterThan(20);
    expect(quiet).toBeLessThan(70);
  });

  it('has every kind of episode and of death', () => {
    const kinds = new Set(plans.flatMap(({ episodes }) => episodes.map(({ kind }) => kind)));
    expect([...kinds].toSorted()).toEqual(Object.keys(episodeKinds).toSorted());
    const deaths = plans.flatMap(({ kills }) => [...kills.values()]);
    expect(deaths.some(({ victim }) => victim === 'postgres')).toBe(true);
    expect(deaths.some((kill) => 'call' in kill && kill.when === 'before')).toBe(true);
    expect(deaths.some((kill) => 'call' in kill && kill.when === 'after')).toBe(true);
    expect(deaths.some((kill) => kill.victim === 'judge' && 'afterMs' in kill)).toBe(true);
  });

  it('has truth that comes late, twice and never, and rows whose record is late', () => {
    const rows = rowsOf(planOf(3, 20));
    const latest = Math.max(...rows.map(({ answeredMs, toldMs }) => (toldMs.at(-1) ?? 0) - answeredMs));
    expect(latest).toBeGreaterThan(20 * dayMs);
    expect(latest).toBeLessThanOrEqual(30 * dayMs);
    expect(rows.some(({ toldMs }) => toldMs.length === 2)).toBe(true);
    expect(rows.some(({ toldMs }) => toldMs.length === 0)).toBe(true);
    expect(rows.some(({ answeredMs, recordedMs }) => recordedMs > answeredMs + dayMs)).toBe(true);
  });
});
