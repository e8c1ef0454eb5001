import { z } from 'zod';
import { forms } from './forms.js';
import { bareSchema, discriminatorValues } from './schema-at.js';
import { choiceText } from './value-text.js';

/** What a schema takes, in words that stand after "allowed is": `a whole number from 1 to 16`. */
export function allowedText(schema: unknown): string {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodType) {
    const form = forms.get(bare);
    if (form) return form.words;
  }
  if (bare instanceof z.ZodISODateTime) return 'an instant such as 2013-04-01T00:00:00Z';
  if (bare instanceof z.ZodURL) return 'an address such as https://host:port';
  if (bare instanceof z.ZodEmail) return 'a mail address such as ann@example.com';
  if (bare instanceof z.ZodString) return textText(bare);
  if (bare instanceof z.ZodNumber) return numberText(bare);
  if (bare instanceof z.ZodBoolean) return 'true or false';
  if (bare instanceof z.ZodEnum) return choiceText(bare.options);
  if (bare instanceof z.ZodLiteral) return choiceText([...bare.values]);
  return containerText(bare);
}

function containerText(schema: unknown): string {
  if (schema instanceof z.ZodArray) {
    const { minItems, maxItems } = boundsOf(schema);
    const items = limitText(minItems, maxItems);
    return `a list${items === '' ? '' : ` of ${items} items`}, each ${allowedText(schema.def.element)}`;
  }
  if (schema instanceof z.ZodRecord) {
    const value = bareSchema(schema.def.valueType);
    const isMap = value instanceof z.ZodObject || value instanceof z.ZodDiscriminatedUnion;
    return `a map of names, each to ${isMap ? 'a map' : allowedText(value)}`;
  }
  if (schema instanceof z.ZodObject) return `a map with the keys ${Object.keys(schema.shape).join(', ')}`;
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return `a map whose "${schema.def.discriminator}" is ${choiceText(discriminatorValues(schema))}`;
  }
  if (schema instanceof z.ZodUnion) return schema.def.options.map(allowedText).join(' or ');
  return 'any value';
}

function textText({ minLength, maxLength }: z.ZodString): string {
  const length = limitText(minLength ?? undefined, maxLength ?? undefined);
  if (length === '1 or more') return 'a text that is not empty';
  return length === '' ? 'a text' : `a text of ${length} characters`;
}

function limitText(least = 0, most = Number.POSITIVE_INFINITY): string {
  const low = least > 0 ? `${least} or more` : '';
  const high = Number.isFinite(most) ? `at most ${most}` : '';
  return low !== '' && high !== '' ? `${least} to ${most}` : low + high;
}

function numberText(schema: z.ZodNumber): string {
  const bounds = boundsOf(schema);
  const kind = schema.format === 'safeint' ? 'a whole number' : 'a number';
  // Whole numbers are bounded by what a number can count; that bound says nothing to a reader.
  const low = bounds.minimum === Number.MIN_SAFE_INTEGER ? undefined : bounds.minimum;
  const high = bounds.maximum === Number.MAX_SAFE_INTEGER ? undefined : bounds.maximum;
  if (low !== undefined && high !== undefined) return `${kind} from ${low} to ${high}`;
  const limits = [
    bounds.exclusiveMinimum === undefined ? '' : `above ${bounds.exclusiveMinimum}`,
    low === undefined ? '' : `of at least ${low}`,
    bounds.exclusiveMaximum === undefined ? '' : `below ${bounds.exclusiveMaximum}`,
    high === undefined ? '' : `of at most ${high}`,
  ].filter((limit) => limit !== '');
  return limits.length === 0 ? kind : `${kind} ${limits.join(' and ')}`;
}

/** Limits as the JSON Schema of a field states them. */
const boundsOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
