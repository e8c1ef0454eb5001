import { describe, expect, it } from 'vitest';
import { slotsOfTick } from '../../../domain/triggers/slots-of-tick.js';

const config = (cron: string, overlap: 'skip' | 'buffer' = 'skip') => ({
  ...{ cron, overlap, every: undefined, timeZone: 'Europe/Amsterdam', catchUp: '1 hour', jitter: undefined },
});
const texts = (given: ReturnType<typeof config>, at: string, until = at, startedAt = at) =>
  slotsOfTick(given, { at, startedAt, until }).map(({ slot, isMissing }) =>
    isMissing ? `${slot} missing` : slot,
  );

describe('the slots of a tick', () => {
  it.each([
    ['one', '2025-07-01T00:30:00Z', ['2025-07-01T02:30']],
    ['none where the clock ticks for the other half of the year', '2025-07-01T01:30:00Z', []],
    ['the same one at both instants of a doubled hour', '2025-10-26T00:30:00Z', ['2025-10-26T02:30']],
    ['the same one at both instants of a doubled hour', '2025-10-26T01:30:00Z', ['2025-10-26T02:30']],
    ['one that is missing', '2025-03-30T01:30:00Z', ['2025-03-30T02:30 missing']],
    ['what somebody made by hand', '2025-07-01T09:12:13Z', ['2025-07-01T11:12:13']],
  ])('are %s: %s', (_, at, slots) => {
    expect(texts(config('30 2 * * *'), at)).toEqual(slots);
  });

  it('are one that is there beside one that is missing', () => {
    expect(texts(config('30 2-3 * * *'), '2025-03-30T01:30:00Z')).toEqual([
      '2025-03-30T02:30 missing',
      '2025-03-30T03:30',
    ]);
  });

  it('are the first of those that a waiting tick that is none kept the server from firing', () => {
    const [tick, day] = ['2025-01-01T00:30:00Z', '2025-01-02T12:00:00Z'];
    expect(texts(config('30 2 * * *'), tick, day)).toEqual(['2025-01-01T02:30']);
    expect(texts(config('30 2 * * *'), '2025-01-01T01:30:00Z', day)).toEqual(['2025-01-01T02:30']);
    // Where slots wait for each other each has its own tick.
    expect(texts(config('30 2 * * *', 'buffer'), tick, day)).toEqual([]);
  });

  it('are its own alone where somebody asked for what is over', () => {
    const tick = ['2025-01-01T00:30:00Z', '2025-02-01T12:00:00Z'] as const;
    expect(texts(config('30 2 * * *'), ...tick, '2025-01-01T01:30:00Z')).toEqual(['2025-01-01T02:30']);
    expect(texts(config('30 2 * * *'), ...tick, '2025-01-01T01:30:01Z')).toEqual([]);
  });

  it('are all that are missing while a tick waited, which start nothing', () => {
    expect(texts(config('30 2 * * *'), '2025-03-29T00:30:00Z', '2025-03-31T12:00:00Z')).toEqual([
      '2025-03-30T02:30 missing',
      '2025-03-29T02:30',
    ]);
  });

  it('of an interval are its instants, and what somebody made by hand', () => {
    const every = { ...config(''), cron: undefined, every: '90 seconds', timeZone: 'UTC' };
    const of = (at: string) => slotsOfTick(every, { at, startedAt: at, until: '2025-02-01T00:00:00Z' });
    expect(of('2025-01-01T00:01:30Z')).toEqual([
      { slot: '2025-01-01T00:01:30', at: '2025-01-01T00:01:30.000Z', isMissing: false },
    ]);
    expect(of('2025-01-01T00:00:07Z')).toMatchObject([{ slot: '2025-01-01T00:00:07' }]);
  });
});
