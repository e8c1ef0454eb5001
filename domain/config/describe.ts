import { z } from 'zod';
import { allowedText } from './allowed-text.js';
import { type ConfigurationFile, configurationFiles } from './configuration-files.js';
import { bareSchema } from './schema-at.js';

/** One key of a configuration file. */
export interface DescribedField {
  /** As `training.limits.minutes`; `<name>` stands for a name of the user's own, `[]` for an item of a list. */
  readonly path: string;
  readonly type: string;
  /** JSON of the default, `required`, or `none` for a key that may be absent. */
  readonly fallback: string;
  /** Empty where the schema does not say. */
  readonly meaning: string;
  /** Where the key belongs to one of several kinds: the key that decides, and its value. */
  readonly kind?: string;
}

/** Every key that a schema takes, outer ones before inner ones, in the order of the schema. */
export function describeSchema(schema: z.ZodType): DescribedField[] {
  return fieldsOf(schema, '');
}

/** The JSON Schema of a file, for editors. */
export function editorSchema(file: ConfigurationFile): Readonly<Record<string, unknown>> {
  const { schema, file: title } = configurationFiles[file];
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return { $schema, title, ...rest };
}

function fieldsOf(schema: unknown, path: string, kind?: string): DescribedField[] {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodObject) {
    return Object.entries(bare.shape).flatMap(([key, field]) => fieldAndInner(field, join(path, key), kind));
  }
  if (bare instanceof z.ZodRecord) return fieldsOf(bare.def.valueType, join(path, '<name>'), kind);
  if (bare instanceof z.ZodArray) return fieldsOf(bare.def.element, `${path}[]`, kind);
  if (bare instanceof z.ZodDiscriminatedUnion) {
    const { discriminator, options } = bare.def;
    return options.flatMap((option) => fieldsOf(option, path, kindText(option, discriminator)));
  }
  return [];
}

const join = (path: string, key: string) => (path === '' ? key : `${path}.${key}`);

function fieldAndInner(field: unknown, path: string, kind: string | undefined): DescribedField[] {
  const own = {
    path,
    type: allowedText(field),
    fallback: fallbackText(field),
    meaning: meaningOf(field),
    ...(kind === undefined ? {} : { kind }),
  };
  return [own, ...fieldsOf(field, path, kind)];
}

function kindText(option: unknown, discriminator: string): string {
  const field = option instanceof z.ZodObject ? bareSchema(option.shape[discriminator]) : undefined;
  const value = field instanceof z.ZodLiteral ? String(field.value) : '';
  return `${discriminator}: ${value}`;
}

function fallbackText(field: unknown): string {
  if (field instanceof z.ZodOptional) return 'none';
  if (field instanceof z.ZodDefault) return JSON.stringify(field.def.defaultValue);
  if (field instanceof z.ZodPrefault) return JSON.stringify(field.def.defaultValue);
  return 'required';
}

/** The outermost description: a field may say more than the shape that it shares with others. */
function meaningOf(field: unknown): string {
  let schema = field;
  while (schema instanceof z.ZodType) {
    if (schema.description !== undefined) return schema.description;
    schema =
      schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
        ? schema.def.innerType
        : undefined;
  }
  return '';
}
