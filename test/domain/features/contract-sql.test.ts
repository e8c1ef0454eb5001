import { describe, expect, it } from 'vitest';
import { type DatasetConfig, datasetSchema } from '../../../domain/config/dataset.js';
import type { ShapedColumn } from '../../../domain/features/column-shape.js';
import { contractColumns, contractProblems } from '../../../domain/features/contract-problems.js';
import { contractReasonSql, contractValueSql } from '../../../domain/features/contract-sql.js';
import { duckdbSession } from './duckdb-session.js';

const contractOf = (
  columns: Record<string, unknown>,
  more: Record<string, unknown> = {},
): DatasetConfig['contract'] => datasetSchema.shape.contract.parse({ columns, ...more });

const columns: ShapedColumn[] = [
  { name: 'carrier', type: 'string' },
  { name: 'delay', type: 'double' },
  { name: 'seats', type: 'integer' },
];

describe('the contract', () => {
  const session = duckdbSession();
  const contract = contractOf({
    carrier: { type: 'string', required: true, oneOf: ["O'Hare", 'UA'] },
    delay: { type: 'double', min: -60.5, max: 3000 },
    seats: { type: 'integer', oneOf: [1, 2] },
  });
  const judge = async (row: string) =>
    (
      await session.rows(
        `select ${contractReasonSql(contract, columns)} as reason, ${contractValueSql(contract, columns)} as value from (select ${row})`,
      )
    )[0];

  it.each([
    [`'UA' as carrier, -60.5::double as delay, 1 as seats`, null, null],
    [`'O''Hare' as carrier, null::double as delay, null::bigint as seats`, null, null],
    [`null::varchar as carrier, 1::double as delay, 1 as seats`, 'carrier: null', null],
    [`'B6' as carrier, 1::double as delay, 1 as seats`, 'carrier: not one of the allowed values', 'B6'],
    [`'UA' as carrier, -60.6::double as delay, 1 as seats`, 'delay: below -60.5', '-60.6'],
    [`'UA' as carrier, 3000.5::double as delay, 1 as seats`, 'delay: above 3000', '3000.5'],
    [`'UA' as carrier, 'inf'::double as delay, 1 as seats`, 'delay: infinite', 'inf'],
    [`'UA' as carrier, 1::double as delay, 3 as seats`, 'seats: not one of the allowed values', '3'],
    [`'B6' as carrier, -100::double as delay, 3 as seats`, 'carrier: not one of the allowed values', 'B6'],
  ])('judges %s as %j', async (row, reason, value) => {
    expect(await judge(row)).toEqual({ reason, value });
  });

  it('lets everything through where nothing is asked', async () => {
    const none: ShapedColumn[] = [{ name: 'carrier', type: 'string' }];
    const [row] = await session.rows(`select ${contractReasonSql(contractOf({}), none)} as reason`);
    expect(row).toEqual({ reason: null });
  });

  it.each([
    [
      contractOf({ nope: { type: 'string' } }),
      /names nope, which is no column of the dataset; it has carrier, delay, seats/,
    ],
    [contractOf({}, { allowConstant: ['nope'] }), /allowConstant names nope/],
    [
      contractOf({ carrier: { type: 'integer' } }),
      /column carrier is of type string, the contract asks for integer/,
    ],
    [
      contractOf({ delay: { type: 'integer' } }),
      /column delay is of type double, the contract asks for integer/,
    ],
    [contractOf({ carrier: { type: 'string', min: 1 } }), /min and max of carrier need a number/],
    [contractOf({ delay: { type: 'double', min: 2, max: 1 } }), /min of delay is 2, above its max of 1/],
    [
      contractOf({ delay: { type: 'double', oneOf: ['a'] } }),
      /oneOf of delay has values that are not of type double/,
    ],
    [
      contractOf({ carrier: { type: 'string', oneOf: [1] } }),
      /oneOf of carrier has values that are not of type string/,
    ],
  ])('names what no row could keep, case %#', (wrong, text) => {
    expect(contractProblems(wrong, columns)).toEqual([expect.stringMatching(text)]);
  });

  it('takes a whole number for a double where the contract says so', () => {
    const wanted = contractOf({ seats: { type: 'double' } });
    expect(contractProblems(wanted, columns)).toEqual([]);
    expect(contractColumns(wanted, columns)).toContainEqual({ name: 'seats', type: 'double' });
  });
});
