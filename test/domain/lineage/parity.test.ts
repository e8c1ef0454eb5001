import { expect, test } from 'vitest';
import { compareLabels, compareNumbers } from '../../../domain/lineage/parity.js';

test('numbers within the tolerance pass, with the largest difference', () => {
  const parity = compareNumbers([0.1, 0.5, 0.9], [0.1, 0.500004, 0.9]);
  expect(parity).toMatchObject({ verdict: 'pass', rows: 3, differing: 0, worst: [] });
  expect(parity.maxDifference).toBeCloseTo(4e-6, 9);
  expect(parity.findings).toHaveLength(1);
});

test('one row beyond the tolerance fails and is shown', () => {
  const parity = compareNumbers([0.1, 0.5], [0.1, 0.7]);
  expect(parity).toMatchObject({
    verdict: 'fail',
    differing: 1,
    worst: [{ row: 1, expected: 0.5, got: 0.7 }],
  });
  expect(parity.findings[0]?.text).toBe(
    '1 of 2 rows differ by more than 0.00001; row 1: the trained model says 0.5, the exported file 0.7',
  );
});

test('the five rows furthest apart are shown, those without a number first', () => {
  const expected = [0, 0, 0, 0, 0, 0, 0, 0];
  const got = [0.1, 0.6, 0.3, Number.NaN, 0.5, 0.2, 0.4, 0];
  const parity = compareNumbers(expected, got);
  expect(parity.worst.map((w) => w.row)).toEqual([3, 1, 4, 6, 2]);
  expect(parity.worst[0]).toEqual({ row: 3, expected: 0, got: null });
  expect(parity).toMatchObject({ differing: 7, maxDifference: 0.6 });
});

test('NaN, null and infinity are equal to themselves and to nothing else', () => {
  const odd = [Number.NaN, null, Infinity, -Infinity];
  expect(compareNumbers(odd, odd).verdict).toBe('pass');
  expect(compareNumbers([null], [Number.NaN]).verdict).toBe('pass');
  for (const [a, b] of [
    [Number.NaN, 1],
    [1, null],
    [Infinity, -Infinity],
    [Infinity, 1e308],
    [0, Infinity],
  ] as const) {
    expect(compareNumbers([a], [b], { absolute: 1, relative: 0.5 }).verdict).toBe('fail');
  }
});

test('the result goes through JSON unchanged', () => {
  const parity = compareNumbers([Number.NaN, Infinity, 1], [1, 2, Number.NaN]);
  expect(JSON.parse(JSON.stringify(parity))).toEqual(parity);
});

test('a relative part lets large predictions differ by their rounding', () => {
  expect(compareNumbers([1e6], [1e6 + 0.06]).verdict).toBe('fail');
  expect(compareNumbers([1e6], [1e6 + 0.06], { absolute: 1e-5, relative: 1e-6 }).verdict).toBe('pass');
});

test.each([
  [[], []],
  [[1, 2], [1]],
  [[], [1]],
])('missing rows fail: %j against %j', (expected, got) => {
  for (const parity of [compareNumbers(expected, got), compareLabels(expected, got)]) {
    expect(parity.verdict).toBe('fail');
    expect(parity.findings[0]?.rule).toBe('parity-rows');
  }
});

test('labels are exact, whatever type carries them', () => {
  expect(compareLabels([1, 0], BigInt64Array.of(1n, 0n)).verdict).toBe('pass');
  expect(compareLabels(['a', 'b'], ['a', 'c'])).toMatchObject({
    verdict: 'fail',
    worst: [{ row: 1, expected: 'b', got: 'c' }],
  });
  expect(compareLabels([null], [0]).verdict).toBe('fail');
});

test('a listed tie may fall either way, others may not', () => {
  expect(compareLabels([1, 0], [0, 0], new Set([0])).verdict).toBe('pass');
  expect(compareLabels([1, 0], [0, 1], new Set([0])).worst).toEqual([{ row: 1, expected: 0, got: 1 }]);
});

test('arguments are left as they are', () => {
  const expected = Object.freeze([0.3, 0.1, 0.2]);
  expect(() => compareNumbers(expected, Object.freeze([0.1, 0.2, 0.3]))).not.toThrow();
});
