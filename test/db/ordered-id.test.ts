import { describe, expect, it } from 'vitest';
import { orderedId } from '../../db/ordered-id.js';

describe('an ordered id', () => {
  it('is a UUID of version 7 of this moment', () => {
    const before = Date.now();
    const id = orderedId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const ms = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(ms).toBeGreaterThanOrEqual(before);
    expect(ms).toBeLessThanOrEqual(Date.now() + 10);
  });

  it('comes after those before it, also within a millisecond', () => {
    const ids = Array.from({ length: 10_000 }, orderedId);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
