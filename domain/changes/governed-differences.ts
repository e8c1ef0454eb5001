import { canonicalText } from '../canonical-text.js';
import type { GovernedParts } from './governed-parts.js';

/** One thing that a change adds, takes away or makes another. */
export interface GovernedDifference {
  readonly part: keyof GovernedParts;
  /** Account, source or model; null for `changes` and `organisation`, which are one thing each. */
  readonly name: string | null;
  readonly kind: 'added' | 'changed' | 'removed';
}

type Things = Readonly<Record<string, object | null>>;

/** In what two states differ, by part and name. Empty where they are the same. */
export function governedDifferences(
  before: GovernedParts,
  after: GovernedParts,
): readonly GovernedDifference[] {
  const found = (Object.keys(partsAsThings) as (keyof GovernedParts)[]).flatMap((part) => {
    const thingsOf = partsAsThings[part];
    return differences(part, thingsOf(before), thingsOf(after));
  });
  return found.map((one) => (oneThing.includes(one.part) ? { ...one, name: null } : one));
}

const oneThing: readonly (keyof GovernedParts)[] = ['changes', 'organisation'];

/** What a difference is about, as one of the two states has it; null where it has none. */
export function governedThing(
  parts: GovernedParts,
  { part, name }: Pick<GovernedDifference, 'part' | 'name'>,
): object | null {
  const things = partsAsThings[part](parts);
  const key = name ?? part;
  return Object.hasOwn(things, key) ? (things[key] ?? null) : null;
}

/** `member "ann" added, changes removed`: in a line, for people. */
export function differencesText(differences: readonly GovernedDifference[]): string {
  return differences
    .map(({ part, name, kind }) => `${wordsOf[part]}${name === null ? '' : ` "${name}"`} ${kind}`)
    .join(', ');
}

const wordsOf: Readonly<Record<keyof GovernedParts, string>> = {
  members: 'member',
  changes: 'changes',
  sources: 'source',
  policies: 'policy of',
  organisation: 'policy of the organisation',
};

const partsAsThings: Readonly<Record<keyof GovernedParts, (parts: GovernedParts) => Things>> = {
  members: ({ members }) => Object.fromEntries(members.map((member) => [member.account, member])),
  changes: ({ changes }) => (changes === null ? {} : { changes }),
  sources: ({ sources }) => sources,
  policies: ({ policies }) => policies,
  organisation: ({ organisation }) => (organisation === undefined ? {} : { organisation }),
};

function differences(part: keyof GovernedParts, before: Things, after: Things): GovernedDifference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name): GovernedDifference[] => {
    if (!Object.hasOwn(before, name)) return [{ part, name, kind: 'added' }];
    if (!Object.hasOwn(after, name)) return [{ part, name, kind: 'removed' }];
    return canonicalText(before[name]) === canonicalText(after[name])
      ? []
      : [{ part, name, kind: 'changed' }];
  });
}
