import { z } from 'zod';
import type { ConfigPath } from './config-problem.js';

/** What stands behind defaults and options. */
export function bareSchema(schema: unknown): unknown {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.def.innerType;
  }
  return inner;
}

/** The schema that a value at a path is held against; the value decides between the options of a union. */
export function schemaAt(schema: unknown, value: unknown, path: ConfigPath): unknown {
  const bare = chosenOption(bareSchema(schema), value);
  const [step, ...rest] = path;
  if (step === undefined) return bare;
  return schemaAt(childSchema(bare, step), childValue(value, step), rest);
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, path: ConfigPath): unknown {
  return path.reduce(childValue, value);
}

function childSchema(schema: unknown, step: string | number): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[step];
  if (schema instanceof z.ZodRecord) return schema.def.valueType;
  if (schema instanceof z.ZodArray) return schema.def.element;
  return undefined;
}

function childValue(value: unknown, step: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? Reflect.get(value, step)
    : undefined;
}

function chosenOption(schema: unknown, value: unknown): unknown {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const key = schema.def.discriminator;
  return (
    schema.def.options.find((option) => literalsOf(option, key).includes(childValue(value, key))) ?? schema
  );
}

/** The values of the key that tells the options of a union apart. */
export function discriminatorValues(schema: unknown): readonly unknown[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return schema.def.options.flatMap((option) => literalsOf(option, schema.def.discriminator));
}

function literalsOf(option: unknown, key: string): readonly unknown[] {
  const field = option instanceof z.ZodObject ? bareSchema(option.shape[key]) : undefined;
  return field instanceof z.ZodLiteral ? [...field.values] : [];
}
