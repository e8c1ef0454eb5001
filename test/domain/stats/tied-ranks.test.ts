import { expect, it } from 'vitest';
import { sortOrder } from '../../../domain/stats/sort-order.js';
import { tiedRanks } from '../../../domain/stats/tied-ranks.js';

it('agrees with scipy rankdata on ties', () => {
  expect([...tiedRanks([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])]).toEqual([
    4.5, 1.5, 6, 1.5, 8, 11, 3, 10, 8, 4.5, 8,
  ]);
});

it('ranks nothing as nothing and equal values as their mean rank', () => {
  expect([...tiedRanks([])]).toEqual([]);
  expect([...tiedRanks([2, 2, 2])]).toEqual([2, 2, 2]);
});

it('sorts ascending, keeps equal values in the order they came and leaves its argument alone', () => {
  const values = Object.freeze([3, 1, 2, 1]);
  expect([...sortOrder(values)]).toEqual([1, 3, 2, 0]);
  expect([...sortOrder([])]).toEqual([]);
});
