import type { DatasetConfig } from '../config/dataset.js';
import type { ShapedColumn } from './column-shape.js';
import { quoteIdentifier, quoteValue } from './quote.js';

type Contract = DatasetConfig['contract'];
type ColumnContract = Contract['columns'][string];

/** The first reason for which a row breaks the contract, as SQL; null for a row that keeps it. Infinite numbers always break it. */
export function contractReasonSql(contract: Contract, columns: readonly ShapedColumn[]): string {
  const cases = columns.flatMap((column) => [
    ...(column.type === 'double' ? [infinite(column.name)] : []),
    ...rulesOf(column.name, contract.columns[column.name]),
  ]);
  if (cases.length === 0) return 'cast(null as varchar)';
  return `case ${cases.map(({ when, reason }) => `when ${when} then ${quoteValue(reason)}`).join('\n  ')} end`;
}

/** The value that broke the contract, as text. */
export function contractValueSql(contract: Contract, columns: readonly ShapedColumn[]): string {
  const cases = columns.flatMap((column) =>
    [
      ...(column.type === 'double' ? [infinite(column.name)] : []),
      ...rulesOf(column.name, contract.columns[column.name]),
    ].map(({ when }) => `when ${when} then cast(${quoteIdentifier(column.name)} as varchar)`),
  );
  return cases.length === 0 ? 'cast(null as varchar)' : `case ${cases.join('\n  ')} end`;
}

function infinite(name: string) {
  return { when: `isinf(${quoteIdentifier(name)})`, reason: `${name}: infinite` };
}

function rulesOf(name: string, rules: ColumnContract | undefined): { when: string; reason: string }[] {
  if (!rules) return [];
  const column = quoteIdentifier(name);
  const found: { when: string; reason: string }[] = [];
  if (rules.required) found.push({ when: `${column} is null`, reason: `${name}: null` });
  if (rules.min !== undefined)
    found.push({ when: `${column} < ${quoteValue(rules.min)}`, reason: `${name}: below ${rules.min}` });
  if (rules.max !== undefined)
    found.push({ when: `${column} > ${quoteValue(rules.max)}`, reason: `${name}: above ${rules.max}` });
  if (rules.oneOf)
    found.push({
      when: `${column} not in (${rules.oneOf.map(quoteValue).join(', ')})`,
      reason: `${name}: not one of the allowed values`,
    });
  return found;
}
