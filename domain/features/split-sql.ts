import type { DatasetConfig } from '../config/dataset.js';
import { quoteIdentifier, quoteValue } from './quote.js';

type Split = DatasetConfig['split'];

export const splitNames = ['train', 'validation', 'test'] as const;
export type SplitName = (typeof splitNames)[number];

/**
 * The split of a row, as SQL; null where it is in none. Days are UTC days and both ends are inside. The recent split
 * counts back from the newest day of the rows that count. The hash split reads the first 52 bits of sha256 over salt and
 * key as a number in 0..1: it depends on nothing but them.
 *
 * @param counts condition of the rows whose day may be the newest
 */
export function splitSql(split: Split, key: readonly string[], counts = 'true'): string {
  if (split.by === 'recent') return recentSql(split, counts);
  if (split.by === 'date') {
    const day = dayOf(split.column);
    const cases = splitNames.map(
      (name) =>
        `when ${day} between date ${quoteValue(split[name].from)} and date ${quoteValue(split[name].to)} then '${name}'`,
    );
    return `case ${cases.join(' ')} end`;
  }
  const text = [quoteValue(split.salt), ...key.map((name) => `cast(${quoteIdentifier(name)} as varchar)`)];
  const share = `(cast(('0x' || left(sha256(concat_ws(chr(31), ${text.join(', ')})), 13)) as bigint) / 4503599627370496.0)`;
  const rest = split.test + split.validation;
  return `case when ${share} < ${split.test} then 'test' when ${share} < ${rest} then 'validation' else 'train' end`;
}

const dayOf = (column: string) => `cast(${quoteIdentifier(column)} as date)`;

function recentSql(split: Extract<Split, { by: 'recent' }>, counts: string): string {
  const { testDays, validationDays, trainDays, from } = split;
  const day = dayOf(split.column);
  const newest = `max(${day}) filter (where ${counts}) over ()`;
  const younger = (days: number) => `${day} > ${newest} - ${days}`;
  const rest = testDays + validationDays;
  const trains = [
    `${day} <= ${newest} - ${rest}`,
    ...(trainDays === undefined ? [] : [younger(rest + trainDays)]),
  ];
  const tooOld = from === undefined ? '' : `when ${day} < date ${quoteValue(from)} then null`;
  return `case ${tooOld} when ${younger(testDays)} then 'test' when ${younger(rest)} then 'validation' when ${trains.join(' and ')} then 'train' end`;
}
