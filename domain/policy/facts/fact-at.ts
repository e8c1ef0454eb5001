import { isMissing } from './policy-facts.js';

/** What stands at a path of facts, or why there is nothing. */
export type FactAt =
  | { readonly kind: 'there'; readonly value: unknown }
  | { readonly kind: 'missing'; readonly reason: string };

export function factAt(facts: unknown, path: readonly string[]): FactAt {
  let value = facts;
  for (const [at, name] of path.entries()) {
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    value =
      isGroup && Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined;
    const shown = path.slice(0, at + 1).join('.');
    if (value === undefined || value === null)
      return { kind: 'missing', reason: `${shown} is missing: it is not among the facts` };
    if (isMissing(value)) return { kind: 'missing', reason: `${shown} is missing: ${value.missing}` };
  }
  return { kind: 'there', value };
}

/** A finite number at a path. */
export function numberAt(
  facts: unknown,
  path: readonly string[],
): { readonly value: number } | { readonly reason: string } {
  const found = factAt(facts, path);
  if (found.kind === 'missing') return { reason: found.reason };
  return typeof found.value === 'number' && Number.isFinite(found.value)
    ? { value: found.value }
    : { reason: `${path.join('.')} is no number` };
}
