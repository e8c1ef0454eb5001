import type { ApiField, ApiFields, ApplicationApi } from './application-api.js';

/**
 * What a client of `before` meets in `after` that it does not know: each break by field, in words. Empty where whatever
 * was sent is still taken, and whatever is answered could have been answered before. Fields that are new are no break.
 */
export function breakingChanges(before: ApplicationApi, after: ApplicationApi): readonly string[] {
  return [...inputBreaks(before.input, after.input), ...outputBreaks(before.output, after.output)];
}

/** Whether the version says that clients have to change: a higher major, or the way back to the stock application. */
export function isDeclaredBreak(before: ApplicationApi, after: ApplicationApi): boolean {
  const [was, is] = [majorOf(before), majorOf(after)];
  return is > was || (is === 0 && was > 0);
}

function inputBreaks(before: ApiFields, after: ApiFields): readonly string[] {
  const kept = Object.entries(before).flatMap(([name, was]) => {
    const is = fieldOf(after, name);
    if (is === undefined) return [`input "${name}" is gone`];
    const required = is.required && !was.required ? [`input "${name}" has become required`] : [];
    return [...required, ...narrowings(is, was).map((how) => `input "${name}" ${how}`)];
  });
  const added = Object.entries(after).flatMap(([name, is]) =>
    is.required && fieldOf(before, name) === undefined ? [`input "${name}" is new and required`] : [],
  );
  return [...kept, ...added];
}

function outputBreaks(before: ApiFields, after: ApiFields): readonly string[] {
  return Object.entries(before).flatMap(([name, was]) => {
    const is = fieldOf(after, name);
    if (is === undefined) return [`output "${name}" is gone`];
    const optional = was.required && !is.required ? [`output "${name}" may be left out`] : [];
    return [...optional, ...narrowings(was, is).map((how) => `output "${name}" ${outputWords(how)}`)];
  });
}

/** Why `wide` does not hold every value of `narrow`; empty where it does. */
function narrowings(wide: ApiField, narrow: ApiField): readonly string[] {
  const reasons: string[] = [];
  const isWider = wide.type === narrow.type || (wide.type === 'number' && narrow.type === 'integer');
  if (!isWider) reasons.push(`changes between ${narrow.type} and ${wide.type}`);
  if (narrow.nullable && !wide.nullable) reasons.push('takes null no more');
  if (!holdsShape(wide.shape, narrow.shape))
    reasons.push(`changes between the shapes [${narrow.shape.join(', ')}] and [${wide.shape.join(', ')}]`);
  const missing = isWider ? valuesOutside(wide, narrow) : [];
  if (missing.length > 0) reasons.push(`takes ${missing.join(', ')} no more`);
  return reasons;
}

/** Of outputs the one before is the one that must hold all. */
const outputWords = (how: string) => how.replace(/^takes (.*) no more$/s, 'may be $1, which it never was');

function holdsShape(wide: readonly number[], narrow: readonly number[]): boolean {
  return wide.length === narrow.length && wide.every((size, i) => size === -1 || size === narrow[i]);
}

function valuesOutside(wide: ApiField, narrow: ApiField): readonly string[] {
  const { allowed } = wide;
  if (allowed === null) return [];
  const values = narrow.allowed ?? (narrow.type === 'boolean' ? [true, false] : null);
  if (values === null) return ['other values than those it names'];
  return values.filter((value) => !allowed.includes(value)).map((value) => JSON.stringify(value));
}

const fieldOf = (fields: ApiFields, name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
const majorOf = ({ version }: ApplicationApi) => Number(version.split('.')[0]);
