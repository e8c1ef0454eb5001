import type { z } from 'zod';
import { allowedText } from './allowed-text.js';
import type { ConfigFinding, ConfigPath } from './config-problem.js';
import { forms } from './forms.js';
import { nearestName } from './nearest-name.js';
import { discriminatorValues, schemaAt, valueAt } from './schema-at.js';
import { choiceText, maskedText, valueText } from './value-text.js';

/** What a schema has against a value, in our words. */
export function issueFindings(
  schema: z.ZodType,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): ConfigFinding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys') {
      const known = keysOf(schemaAt(schema, value, path));
      return issue.keys.map((key) => unknownKey(path, key, known));
    }
    if (issue.code === 'invalid_key') return [invalidKey(schema, value, path)];
    return [invalidValue(schema, value, path)];
  });
}

function invalidValue(schema: z.ZodType, value: unknown, path: ConfigPath): ConfigFinding {
  const asked = schemaAt(schema, value, path);
  const came = valueAt(value, path);
  if (asked === undefined)
    return { path, came: valueText(came), allowed: choiceText(optionNames(schema, value, path)) };
  return { path, came: isMasked(asked) ? maskedText(came) : valueText(came), allowed: allowedText(asked) };
}

/** The key that tells options apart has no schema of its own before an option is chosen. */
const optionNames = (schema: z.ZodType, value: unknown, path: ConfigPath) =>
  discriminatorValues(schemaAt(schema, value, path.slice(0, -1)));

function unknownKey(path: ConfigPath, key: string, known: readonly string[]): ConfigFinding {
  const near = nearestName(key, known);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return {
    path: [...path, key],
    came: 'an unknown key',
    allowed: `one of ${known.join(', ')}${hint}`,
    at: 'key',
  };
}

function invalidKey(schema: z.ZodType, value: unknown, path: ConfigPath): ConfigFinding {
  const parent = schemaAt(schema, value, path.slice(0, -1));
  const keyType = hasKeyType(parent) ? parent.def.keyType : undefined;
  return { path, came: `the key ${valueText(path.at(-1))}`, allowed: allowedText(keyType), at: 'key' };
}

const keysOf = (schema: unknown) => (hasShape(schema) ? Object.keys(schema.shape) : []);
const hasShape = (schema: unknown): schema is { shape: object } =>
  typeof schema === 'object' && schema !== null && 'shape' in schema;
const hasKeyType = (schema: unknown): schema is z.ZodRecord =>
  typeof schema === 'object' && schema !== null && 'keyType' in schema;

const isMasked = (schema: unknown) => forms.get(schema as z.ZodType)?.masked === true;
