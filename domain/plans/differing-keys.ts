import { canonicalText } from '../canonical-text.js';

/** Names of the keys whose values differ between two configurations, in the order of their names. */
export function differingKeys(before: object, after: object): readonly string[] {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  return names.filter((name) => textOf(one.get(name)) !== textOf(other.get(name)));
}

const textOf = (value: unknown) => (value === undefined ? undefined : canonicalText(value));
