import { describe, expect, it } from 'vitest';
import { findChangedVolume } from '../../../domain/monitoring/skew/changed-volume.js';
import { defaultSkewRule } from '../../../domain/monitoring/skew/column-look.js';
import { findRepeated, repeatedRows } from '../../../domain/monitoring/skew/repeated-rows.js';
import { eventsByHour, findShiftedClock } from '../../../domain/monitoring/skew/shifted-clock.js';
import { table } from './rows-together.js';

describe('rows that came before', () => {
  const sound = repeatedRows(table(1, 6000));

  it('are none among numbers by chance, and are found where rows are sent again', () => {
    expect(sound).toEqual({ repeated: 0, rows: 6000 });
    expect(findRepeated(sound, table(2, 800), defaultSkewRule)).toEqual([]);
    const again = table(3, 800, (_, at) => [Math.floor(at / 2), 0]);
    const same = {
      ...again,
      kind: { kind: 'categorical', values: new Array<string>(800).fill('a') },
    } as const;
    expect(findRepeated(sound, same, defaultSkewRule)).toMatchObject([
      { kind: 'repeated-requests', column: null, actual: 0.5, limit: 0.1, n: 800 },
    ]);
  });

  it('are usual where the inputs have few values', () => {
    const coarse = (seed: number, rows: number) => {
      const { kind } = table(seed, rows);
      return kind ? { kind } : {};
    };
    const usual = repeatedRows(coarse(4, 6000));
    expect(usual.repeated).toBe(usual.rows - 9);
    expect(findRepeated(usual, coarse(5, 800), defaultSkewRule)).toEqual([]);
  });

  it('say nothing of few rows, and of a reference without any', () => {
    expect(
      findRepeated(
        sound,
        table(6, 100, () => [0, 0]),
        defaultSkewRule,
      ),
    ).toEqual([]);
    expect(
      findRepeated(
        { repeated: 0, rows: 0 },
        table(6, 800, () => [0, 0]),
        defaultSkewRule,
      ),
    ).toEqual([]);
  });
});

describe('the rows of a window beside those before it', () => {
  const week = [500, 700, 600, 650, 200, 550, 620];

  it.each([
    [67, []],
    [66, ['changed-volume']],
    [2100, []],
    [2101, ['changed-volume']],
  ])('%s of 200 to 700', (rows, kinds) => {
    expect(findChangedVolume(rows, week).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('say nothing where there are few windows, or few rows in each', () => {
    expect(findChangedVolume(1, week.slice(1))).toEqual([]);
    expect(findChangedVolume(100, [10, 20, 10, 20, 10, 20, 10])).toEqual([]);
  });
});

describe('events over the day', () => {
  /** Two rushes a day. */
  const day = (shift: number) => {
    const hours = Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? 7 : 16) + (at % 3));
    return eventsByHour(hours.map((hour) => Date.UTC(2026, 0, 3, hour + shift, 30)));
  };

  it.each([
    [-5, 'five hours early', '5 hours too early'],
    [4, 'four hours late', '4 hours too late'],
    [12, 'at night', '12 hours too late'],
  ])('are found to lie %s hours off: %s', (shift, _, words) => {
    const [found, ...others] = findShiftedClock(day(0), day(shift));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'shifted-clock', n: 1000 });
    expect(found?.text).toContain(words);
  });

  it('are left alone for an hour of summer time, for another day that no shift explains, and where all hours are alike', () => {
    expect(findShiftedClock(day(0), day(1))).toEqual([]);
    const morning = eventsByHour(Array.from({ length: 500 }, () => Date.UTC(2026, 0, 3, 3)));
    expect(findShiftedClock(day(0), morning)).toEqual([]);
    const even = eventsByHour(Array.from({ length: 960 }, (_, at) => at * 900_000));
    expect(findShiftedClock(even, even)).toEqual([]);
  });

  it('say nothing beside a reference of dates without times', () => {
    const dates = eventsByHour(Array.from({ length: 500 }, (_, at) => Date.UTC(2026, 0, at)));
    expect(findShiftedClock(dates, day(0))).toEqual([]);
    expect(eventsByHour([Number.NaN, -1])[23]).toBe(1);
  });
});
