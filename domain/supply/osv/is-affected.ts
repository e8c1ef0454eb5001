import type { VersionOrder } from '../versions/version-order.js';
import type { OsvAffected, OsvEvent, OsvRange } from './osv-entry.js';

/** `unclear`: the version or the advisory cannot be read, so that neither answer would be true. */
export type Affected =
  | { readonly kind: 'affected'; readonly fixedIn: string | null }
  | { readonly kind: 'safe' | 'unclear' };

/** Whether a version is among those that an advisory is about. Source: the OSV schema, "Evaluation". */
export function isAffected(version: string, affected: OsvAffected, order: VersionOrder): Affected {
  const ranges = (affected.ranges ?? []).filter(({ type }) => type === 'SEMVER' || type === 'ECOSYSTEM');
  const versions = affected.versions ?? [];
  if (ranges.length === 0 && versions.length === 0) return { kind: 'unclear' };
  const answers = ranges.map((range) => inRange(version, range, order));
  const hit = answers.find(({ kind }) => kind === 'affected');
  if (hit !== undefined) return hit;
  if (versions.includes(version)) return { kind: 'affected', fixedIn: fixAfter(version, ranges, order) };
  return answers.find(({ kind }) => kind === 'unclear') ?? { kind: 'safe' };
}

function inRange(version: string, range: OsvRange, order: VersionOrder): Affected {
  const marks = range.events.flatMap(marksOf);
  if (marks.some(({ at }) => at !== '0' && order(version, at) === null)) return { kind: 'unclear' };
  const sorted = marks.toSorted(
    (a, b) => compareMarks(a.at, b.at, order) || Number(a.opens) - Number(b.opens),
  );
  let isIn = false;
  for (const { at, opens, isLast } of sorted) {
    const difference = at === '0' ? 1 : (order(version, at) ?? 0);
    if (isLast ? difference > 0 : difference >= 0) isIn = opens;
  }
  return isIn ? { kind: 'affected', fixedIn: fixAfter(version, [range], order) } : { kind: 'safe' };
}

interface Mark {
  readonly at: string;
  readonly opens: boolean;
  /** The version itself is still affected. */
  readonly isLast: boolean;
}

function marksOf({ introduced, fixed, last_affected: last, limit }: OsvEvent): Mark[] {
  if (introduced !== undefined) return [{ at: introduced, opens: true, isLast: false }];
  if (fixed !== undefined) return [{ at: fixed, opens: false, isLast: false }];
  if (last !== undefined) return [{ at: last, opens: false, isLast: true }];
  return limit === undefined || limit === '*' ? [] : [{ at: limit, opens: false, isLast: false }];
}

/** `0` is before all versions. */
function compareMarks(a: string, b: string, order: VersionOrder): number {
  if (a === '0' || b === '0') return Number(b === '0') - Number(a === '0');
  return order(a, b) ?? 0;
}

/** The first version with a fix that is newer; null where there is none yet. */
function fixAfter(version: string, ranges: readonly OsvRange[], order: VersionOrder): string | null {
  const fixes = ranges
    .flatMap(({ events }) => events.flatMap(({ fixed }) => (fixed === undefined ? [] : [fixed])))
    .filter((fixed) => (order(fixed, version) ?? -1) > 0);
  return fixes.toSorted((a, b) => order(a, b) ?? 0)[0] ?? null;
}
