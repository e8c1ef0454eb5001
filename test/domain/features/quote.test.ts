import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteIdentifier, quoteValue, sqlName } from '../../../domain/features/quote.js';
import { duckdbSession } from './duckdb-session.js';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => !text.includes('\0')),
  fc.constantFrom(
    `'; drop table t; --`,
    `"; drop table t; --`,
    `\\'`,
    '$$',
    `a''b`,
    `a""b`,
    '/*',
    '\u2028',
    '😀',
    '__proto__',
  ),
);

describe('quoting', () => {
  const session = duckdbSession();

  it('gives every text back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const [row] = await session.rows(`select ${quoteValue(text)} as v`);
        expect(row?.['v']).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('gives every identifier back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostile.filter((name) => name !== ''),
        async (name) => {
          expect(await session.names(`select 1 as ${quoteIdentifier(name)}`)).toEqual([name]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives every finite number back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
        const [row] = await session.rows(`select cast(${quoteValue(number)} as double) as v`);
        expect(row?.['v']).toBe(number + 0);
      }),
      { numRuns: 200 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'a\0b'])(
    'refuses %j, which SQL has no text for',
    (value) => {
      expect(() => quoteValue(value)).toThrow(RangeError);
    },
  );

  it.each(['', 'a\0b'])('refuses the identifier %j', (name) => {
    expect(() => quoteIdentifier(name)).toThrow(RangeError);
  });

  it('writes dashes of a name as underscores', () => {
    expect(sqlName('carrier-delay-24h')).toBe('carrier_delay_24h');
  });
});
