import { yamlText } from '../config/write-yaml.js';
import { type GovernedDifference, governedDifferences, governedThing } from './governed-differences.js';
import type { GovernedParts } from './governed-parts.js';
import { lineDiff } from './line-diff.js';

/** A difference with all that it is about. */
export interface ShownDifference extends GovernedDifference {
  /** As it is in force; null where it is added. */
  readonly before: object | null;
  /** As it is to be; null where it is removed. */
  readonly after: object | null;
  /** Unified, of both as YAML with sorted keys. */
  readonly diff: string;
}

/** What a change changes, part by part, whole. */
export function governedDiff(before: GovernedParts, after: GovernedParts): readonly ShownDifference[] {
  return governedDifferences(before, after).map((difference) => {
    const things = [before, after].map((parts) => governedThing(parts, difference));
    const [old = null, fresh = null] = things;
    return {
      ...difference,
      before: old,
      after: fresh,
      diff: lineDiff(yamlLines(old), yamlLines(fresh)).join('\n'),
    };
  });
}

const yamlLines = (thing: object | null) => (thing === null ? [] : yamlText(thing).trimEnd().split('\n'));
