import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cron, parseCron } from '../../../domain/triggers/cron.js';

const parsed = (text: string): Cron => {
  const found = parseCron(text);
  if (found.kind === 'refused') throw new Error(`${text}: ${found.came}, allowed is ${found.allowed}`);
  return found.cron;
};
const shown = (text: string, part: keyof Cron) => [...parsed(text)[part]].sort((a, b) => a - b);

describe('a timetable', () => {
  it.each<[string, keyof Cron, number[]]>([
    ['0 3 * * *', 'minute', [0]],
    ['0 3 * * *', 'hour', [3]],
    ['*/15 * * * *', 'minute', [0, 15, 30, 45]],
    ['5/20 * * * *', 'minute', [5, 25, 45]],
    ['0 9-17 * * *', 'hour', [9, 10, 11, 12, 13, 14, 15, 16, 17]],
    ['0 9-17/4 * * *', 'hour', [9, 13, 17]],
    ['0 0 1,15 * *', 'day', [1, 15]],
    ['0 0 1 jan,JUL *', 'month', [1, 7]],
    ['0 0 1 mar-may *', 'month', [3, 4, 5]],
    ['0 0 * * mon-fri', 'weekday', [1, 2, 3, 4, 5]],
    ['0 0 * * 0', 'weekday', [0]],
    ['0 0 * * 7', 'weekday', [0]],
    ['0 0 * * 5-7', 'weekday', [0, 5, 6]],
    ['0 0 * * *', 'weekday', [0, 1, 2, 3, 4, 5, 6]],
    ['  0   3 *  * * ', 'hour', [3]],
    ['0 0 29 feb *', 'day', [29]],
  ])('%s has %ss %j', (text, part, numbers) => {
    expect(shown(text, part)).toEqual(numbers);
  });

  const numbers = (from: number, to: number) => `numbers from ${from} to ${to}`;
  it.each([
    ['', '0 fields', '5 fields: minute, hour, day of month, month, day of week'],
    ['0 3 * *', '4 fields', '5 fields: minute, hour, day of month, month, day of week'],
    ['0 3 * * * 2026', '6 fields', '5 fields: minute, hour, day of month, month, day of week'],
    ['@daily', '1 field', '5 fields: minute, hour, day of month, month, day of week'],
    ['60 3 * * *', 'minute "60"', numbers(0, 59)],
    ['0 25 * * *', 'hour "25"', numbers(0, 23)],
    ['0 3 0 * *', 'day of month "0"', numbers(1, 31)],
    ['0 3 * 13 *', 'month "13"', numbers(1, 12)],
    ['0 3 * * 8', 'day of week "8"', numbers(0, 7)],
    ['0 3 * * mon-sunday', 'day of week "mon-sunday"', 'names such as mon'],
    ['0 3 * mai *', 'month "mai"', 'names such as feb'],
    ['0 17-9 * * *', 'hour "17-9"', 'ranges such as 0-2'],
    ['0 1-2-3 * * *', 'hour "1-2-3"', numbers(0, 23)],
    ['*/0 * * * *', 'minute "*/0"', 'steps such as */2'],
    ['*/x * * * *', 'minute "*/x"', numbers(0, 59)],
    ['1/2/3 * * * *', 'minute "1/2/3"', numbers(0, 59)],
    ['1,,2 * * * *', 'minute ""', numbers(0, 59)],
    ['-1 * * * *', 'minute "-1"', numbers(0, 59)],
    ['1.5 * * * *', 'minute "1.5"', numbers(0, 59)],
    ['? * * * *', 'minute "?"', numbers(0, 59)],
    ['0 0 L * *', 'day of month "L"', numbers(1, 31)],
    ['0 0 30 feb *', 'day 30 of a month of 29 days', 'a day that one of its months has'],
    ['0 0 31 apr,jun *', 'day 31 of a month of 30 days', 'a day that one of its months has'],
  ])('%j is refused: %s', (text, came, allowed) => {
    expect(parseCron(text)).toEqual({ kind: 'refused', came, allowed: expect.stringContaining(allowed) });
  });

  it('of any text is read or refused, quickly and with numbers in their bounds', () => {
    const letter = fc.constantFrom('0', '5', '23', '59', '*', '/', '-', ',', ' ', 'mon', 'jan', 'x');
    const text = fc.array(letter, { maxLength: 40 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const found = parseCron(given);
        if (found.kind === 'refused') return;
        for (const [part, most] of [
          ['minute', 59],
          ['hour', 23],
          ['day', 31],
          ['month', 12],
          ['weekday', 6],
        ] as const) {
          expect(found.cron[part].size).toBeGreaterThan(0);
          expect(Math.max(...found.cron[part])).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 2000, seed: 20130401 },
    );
  });

  it('written out number by number is read as those numbers', () => {
    const list = (from: number, to: number) =>
      fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(list(0, 59), list(0, 23), (minutes, hours) => {
        const cron = parsed(`${minutes.join(',')} ${hours.join(',')} * * *`);
        expect([...cron.minute].sort()).toEqual([...minutes].sort());
        expect([...cron.hour].sort()).toEqual([...hours].sort());
      }),
    );
  });
});
