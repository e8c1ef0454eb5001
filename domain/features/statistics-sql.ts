import type { ColumnStatistics } from '../ports/datasets.js';
import type { ShapedColumn } from './column-shape.js';
import { quoteIdentifier } from './quote.js';

type Row = Readonly<Record<string, unknown>>;

/** One row with the statistics of every column, to be read by `readStatistics`. */
export function statisticsSql(columns: readonly ShapedColumn[], relation: string): string {
  const parts = columns.flatMap(({ name, type }, index) => {
    const column = quoteIdentifier(name);
    const extreme = (what: string) => `cast(${what}(${column}) as varchar) as ${what}${index}`;
    const common = [
      `count(*) - count(${column}) as nulls${index}`,
      `count(distinct ${column}) as distinct${index}`,
      extreme('min'),
      extreme('max'),
    ];
    if (!isNumber(type)) return common;
    const value = `cast(${column} as double)`;
    return [...common, `favg(${value}) as mean${index}`, `stddev_samp(${value}) as deviation${index}`];
  });
  return `select ${parts.join(', ')} from ${relation}`;
}

/**
 * Mean and deviation are sample figures, rounded to twelve digits so that they do not depend on the order of additions;
 * null where no value, or for the deviation only one, is there.
 */
export function readStatistics(columns: readonly ShapedColumn[], row: Row): ColumnStatistics[] {
  return columns.map(({ name, type }, index) => {
    const extreme = (value: unknown) => {
      if (value === null || value === undefined) return null;
      return isNumber(type) ? Number(value) : String(value).slice(0, 200);
    };
    return {
      name,
      type,
      nulls: Number(row[`nulls${index}`]),
      distinct: Number(row[`distinct${index}`]),
      min: extreme(row[`min${index}`]),
      max: extreme(row[`max${index}`]),
      mean: rounded(row[`mean${index}`]),
      deviation: rounded(row[`deviation${index}`]),
    };
  });
}

function isNumber(type: ShapedColumn['type']): boolean {
  return type === 'integer' || type === 'double';
}

function rounded(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  return Number.isFinite(number) ? Number(number.toPrecision(12)) : null;
}
