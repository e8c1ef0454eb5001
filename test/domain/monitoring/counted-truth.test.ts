import { describe, expect, it } from 'vitest';
import { type CountingRules, countedTruth } from '../../../domain/monitoring/counted-truth.js';
import type { TrafficTruth } from '../../../domain/ports/watches.js';

const now = '2026-01-10T00:00:00.000Z';
const at = { now, sourcesBefore: [] };
const rules: CountingRules = { mostShareOfSource: 0.5, quarantineMs: 0, declared: [] };

const word = (source: string, truth: unknown, receivedAt = '2026-01-01T00:00:00.000Z'): TrafficTruth => ({
  ...{ source, truth, reward: null, receivedAt, delayMs: 1000 },
});
const rows = (count: number, ...words: readonly TrafficTruth[]) =>
  Array.from({ length: count }, () => ({ truths: words }));
const counted = (labels: Float64Array) => labels.filter((label) => !Number.isNaN(label)).length;

describe('the truth that counts', () => {
  it('is the first word about a row, of a number or a truth value', () => {
    const told = [
      ...rows(1, word('a', 1)),
      ...rows(1, word('a', true)),
      ...rows(1, word('a', 'late')),
      ...rows(1, word('a', null)),
      ...rows(1),
    ];
    const found = countedTruth(told, rules, at);
    expect([...found.labels]).toEqual([1, 1, Number.NaN, Number.NaN, Number.NaN]);
    expect(found).toMatchObject({ sources: [{ source: 'a', rows: 2, counted: 2 }], delaysMs: [1000, 1000] });
  });

  it('of a source that is the only one ever is all of it', () => {
    expect(countedTruth(rows(9, word('a', 1)), rules, { now, sourcesBefore: ['a'] })).toMatchObject({
      ...{ sources: [{ rows: 9, counted: 9 }], leftOut: { overShare: 0 } },
    });
  });

  it('of several is told by none beyond its share, and by one that is alone beside those before not at all', () => {
    const flood = [...rows(900, word('evil', 0)), ...rows(100, word('airline', 1))];
    const found = countedTruth(flood, rules, at);
    expect(found.sources).toEqual([
      { source: 'evil', rows: 900, counted: 100 },
      { source: 'airline', rows: 100, counted: 100 },
    ]);
    expect([counted(found.labels), found.leftOut.overShare]).toEqual([200, 800]);
    const alone = countedTruth(rows(500, word('evil', 0)), rules, { now, sourcesBefore: ['airline'] });
    expect([counted(alone.labels), alone.leftOut.overShare]).toEqual([0, 500]);
    const three = countedTruth(
      [...flood, ...rows(300, word('tower', 1))],
      { ...rules, mostShareOfSource: 0.4 },
      at,
    );
    for (const { counted: kept } of three.sources)
      expect(kept).toBeLessThanOrEqual(0.4 * counted(three.labels));
  });

  it('is spread over what a source told, so that it does not choose which of it counts', () => {
    const told = [
      ...rows(50, word('evil', 0)),
      ...rows(50, word('evil', 1)),
      ...rows(10, word('airline', 1)),
    ];
    const { labels } = countedTruth(told, rules, at);
    expect(counted(labels.slice(0, 50))).toBe(5);
    expect(counted(labels.slice(50, 100))).toBe(5);
  });

  it('is nothing of a row about which sources contradict each other', () => {
    const found = countedTruth(rows(4, word('airline', 1), word('evil', 0)), rules, at);
    expect([counted(found.labels), found.leftOut.contested]).toEqual([0, 4]);
    const agreed = countedTruth(
      rows(4, word('a', 1), word('b', true)),
      { ...rules, mostShareOfSource: 1 },
      at,
    );
    expect(counted(agreed.labels)).toBe(4);
  });

  it('is of declared sources alone, whole, whatever others say and however much', () => {
    const declared = { ...rules, declared: ['airline'] };
    const told = [...rows(9, word('evil', 0), word('airline', 1)), ...rows(90, word('evil', 0))];
    const found = countedTruth(told, declared, at);
    expect([...found.labels.slice(0, 9)]).toEqual(Array.from({ length: 9 }, () => 1));
    expect([counted(found.labels), found.leftOut]).toEqual([
      9,
      { quarantined: 0, undeclared: 90, contested: 0, overShare: 0 },
    ]);
  });

  it('waits out its quarantine by when it came here', () => {
    const fresh = word('a', 1, '2026-01-09T23:30:00.000Z');
    const hour = { ...rules, quarantineMs: 3_600_000 };
    const found = countedTruth([...rows(3, fresh), ...rows(2, word('a', 1))], hour, at);
    expect([counted(found.labels), found.leftOut.quarantined]).toEqual([2, 3]);
    expect(counted(countedTruth(rows(3, fresh), rules, at).labels)).toBe(3);
  });

  it('names at most twenty sources, without what gives orders to a terminal', () => {
    const many = Array.from({ length: 500 }, (_, n) => rows(1, word(`\u001b[31m${n}`, 1))).flat();
    const found = countedTruth(many, rules, at);
    expect(found.sources).toHaveLength(20);
    expect(found.sources[0]?.source).not.toContain('\u001b');
    expect(counted(found.labels)).toBe(500);
  });

  it('is none of no rows', () => {
    expect(countedTruth([], rules, at)).toMatchObject({ sources: [], delaysMs: [] });
  });
});
