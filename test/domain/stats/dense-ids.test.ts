import { expect, it } from 'vitest';
import { denseIds } from '../../../domain/stats/dense-ids.js';

it('numbers keys by first appearance', () => {
  expect(denseIds(['tue', 'wed', 'tue', '__proto__'])).toEqual({ ids: Int32Array.of(0, 1, 0, 2), count: 3 });
  expect(denseIds(Int32Array.of(-5, 900, -5))).toEqual({ ids: Int32Array.of(0, 1, 0), count: 2 });
});

it('gives no id for no key', () => {
  expect(denseIds([])).toEqual({ ids: new Int32Array(), count: 0 });
});
