import { beforeEach, expect, it } from 'vitest';
import type { Effects } from '../../domain/ports/effects.js';

/** `make` gives effects, and a key that none of them has. */
export function effectsConformance(make: () => Promise<{ effects: Effects; key: string }>): void {
  let effects: Effects;
  let key: string;
  let times: number;
  beforeEach(async () => {
    ({ effects, key } = await make());
    times = 0;
  });
  const counted = async () => {
    times += 1;
    return { times };
  };

  it('runs an effect once a key', async () => {
    expect(await effects.once(key, counted)).toEqual({ times: 1 });
    expect(await effects.once(key, counted)).toEqual({ times: 1 });
    expect(await effects.once(`${key}-other`, counted)).toEqual({ times: 2 });
    expect(times).toBe(2);
  });

  it('runs an effect again that failed', async () => {
    await expect(effects.once(key, () => Promise.reject(new Error('not yet')))).rejects.toThrow('not yet');
    expect(await effects.once(key, counted)).toEqual({ times: 1 });
  });

  it.each([null, undefined, 0, '', false])('keeps %s as a result like any other', async (result) => {
    expect(await effects.once(key, async () => result)).toBe(result);
    expect(await effects.once<unknown>(key, counted)).toBe(result);
    expect(times).toBe(0);
  });

  it('gives all callers at once the one result that was stored', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => effects.once(key, counted)));
    expect(new Set(results.map((result) => result.times)).size).toBe(1);
    expect(await effects.once(key, counted)).toEqual(results[0]);
  });

  it('gives the first caller what later ones get, which went through JSON', async () => {
    const result = await effects.once(key, async () => ({ kept: 1, gone: undefined, at: new Date(0) }));
    expect(result).toEqual({ kept: 1, at: '1970-01-01T00:00:00.000Z' });
  });
}
