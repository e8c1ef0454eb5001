import type { ApiField, ApiFields } from './application-api.js';

/** What of a row does not fit the fields, in words that name the field; null where all fits. */
export function rowMisfit(fields: ApiFields, row: unknown): string | null {
  if (!isRecord(row)) return `it is ${kindOf(row)}, asked for is an object with ${namesOf(fields)}`;
  const unread = Object.keys(row).find((name) => !Object.hasOwn(fields, name));
  if (unread !== undefined) return `it has "${unread.slice(0, 80)}", which is none of ${namesOf(fields)}`;
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(row, name) ? row[name] : undefined;
    const why = value === undefined ? absence(field) : valueMisfit(field, value);
    if (why !== null) return `"${name}" ${why}`;
  }
  return null;
}

/** What is wrong with a value of a field; null where nothing is. */
export function valueMisfit(field: ApiField, value: unknown, depth = 0): string | null {
  const size = field.shape[depth];
  if (size !== undefined) return arrayMisfit(field, value, depth, size);
  if (value === null) return field.nullable ? null : 'is null, which it must not be';
  if (!isOfType(field, value)) return `is ${kindOf(value)}, allowed is ${allowedType[field.type]}`;
  if (field.allowed === null || field.allowed.includes(value as string)) return null;
  return `is another value, allowed are ${field.allowed.map((one) => JSON.stringify(one)).join(', ')}`;
}

function arrayMisfit(field: ApiField, value: unknown, depth: number, size: number): string | null {
  if (!Array.isArray(value)) return `is ${kindOf(value)}, allowed is an array`;
  if (size !== -1 && value.length !== size) return `has ${value.length} values, asked for are ${size}`;
  for (const item of value) {
    const why = valueMisfit(field, item, depth + 1);
    if (why !== null) return why;
  }
  return null;
}

function isOfType({ type }: ApiField, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value));
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
  }
}

const allowedType = {
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
} as const;

const absence = ({ required }: ApiField) => (required ? 'is not there' : null);
const namesOf = (fields: ApiFields) => Object.keys(fields).join(', ') || 'no field';

/** Never the value itself: rows may hold what is not for logs. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'bigint') return 'a number';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : 'not a finite number';
  return typeof value === 'boolean' ? 'true or false' : 'no value of JSON';
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
