import type { DatasetConfig } from '../config/dataset.js';
import type { ColumnType } from '../config/fields.js';
import type { ShapedColumn } from './column-shape.js';

/** What a contract says that its columns cannot keep whatever the rows are: unknown columns, other types, rules of other types. */
export function contractProblems(
  contract: DatasetConfig['contract'],
  columns: readonly ShapedColumn[],
): string[] {
  const types = new Map(columns.map((column) => [column.name, column.type]));
  const names = columns.map((column) => column.name).join(', ');
  const unknown = contract.allowConstant.filter((name) => !types.has(name));
  return [
    ...unknown.map(
      (name) => `allowConstant names ${name}, which is no column of the dataset; it has ${names}`,
    ),
    ...Object.entries(contract.columns).flatMap(([name, rules]) => {
      const type = types.get(name);
      if (type === undefined)
        return [`the contract names ${name}, which is no column of the dataset; it has ${names}`];
      return [...typeProblem(name, type, rules.type), ...ruleProblems(name, rules)];
    }),
  ];
}

function typeProblem(name: string, came: ColumnType, wanted: ColumnType): string[] {
  if (came === wanted || (came === 'integer' && wanted === 'double')) return [];
  return [`column ${name} is of type ${came}, the contract asks for ${wanted}`];
}

function ruleProblems(name: string, rules: DatasetConfig['contract']['columns'][string]): string[] {
  const isNumber = rules.type === 'integer' || rules.type === 'double';
  const problems: string[] = [];
  if (!isNumber && (rules.min !== undefined || rules.max !== undefined))
    problems.push(`min and max of ${name} need a number, the contract says ${rules.type}`);
  if (rules.min !== undefined && rules.max !== undefined && rules.min > rules.max)
    problems.push(`min of ${name} is ${rules.min}, above its max of ${rules.max}`);
  const wanted = isNumber ? 'number' : 'string';
  if (rules.oneOf && (rules.type === 'boolean' || rules.oneOf.some((value) => typeof value !== wanted)))
    problems.push(`oneOf of ${name} has values that are not of type ${rules.type}`);
  return problems;
}

/** The columns as the dataset holds them: a whole number that the contract calls double is one. */
export function contractColumns(
  contract: DatasetConfig['contract'],
  columns: readonly ShapedColumn[],
): ShapedColumn[] {
  return columns.map((column) => {
    const wanted = contract.columns[column.name]?.type;
    return column.type === 'integer' && wanted === 'double' ? { name: column.name, type: 'double' } : column;
  });
}
