import { type AllowedValues, lookAt, type ReadColumn } from '../column-values.js';
import { columnDistance } from '../profile/column-distance.js';
import type { ColumnProfile } from '../profile/reference-profile.js';
import { checkColumn } from './check-column.js';
import type { SkewRule } from './column-look.js';
import type { SkewFinding } from './skew-finding.js';
import { findUnitChange } from './unit-change.js';

/** What is wrong with the data of a window, column by column. */
export function checkWindow(
  profiles: Readonly<Record<string, ColumnProfile>>,
  columns: Readonly<Record<string, ReadColumn>>,
  {
    rule,
    contract,
    moved,
  }: {
    readonly rule: SkewRule;
    readonly contract: Readonly<Record<string, AllowedValues>>;
    /** Columns that had moved in the window before, and not by a change of units. */
    readonly moved: ReadonlySet<string>;
  },
): SkewFinding[] {
  return Object.entries(profiles).flatMap(([name, profile]) => {
    const read = columns[name];
    if (read === undefined) return [];
    const seen = profile.kind === 'categorical' ? { seen: seenOf(profile) } : {};
    const window = lookAt(read, { allowed: contract[name] ?? {}, ...seen });
    return [
      ...checkColumn(name, { window, reference: profile.look, usualNulls: profile.mostNulls }, rule),
      ...unitFindings(name, profile, read, moved.has(name)),
    ];
  });
}

function seenOf({ bins }: Extract<ColumnProfile, { kind: 'categorical' }>): ReadonlySet<string> {
  return new Set([...bins.categories, ...bins.rare]);
}

function unitFindings(
  name: string,
  profile: ColumnProfile,
  { column }: ReadColumn,
  hadMoved: boolean,
): SkewFinding[] {
  if (profile.kind !== 'numeric' || column.kind !== 'numeric') return [];
  const values = column.values.filter((value) => !Number.isNaN(value));
  const ks = (of: Float64Array): number => {
    const distance = columnDistance(profile, { kind: 'numeric', values: of });
    return distance.kind === 'distance' ? distance.value : 0;
  };
  const found = findUnitChange(values, ks, { limit: profile.threshold.limit, hadMoved });
  if (found === null) return [];
  const { change, distance, undone } = found;
  const text = `${name} looks like other units (${change.words}): KS ${distance.toFixed(2)}, ${undone.toFixed(2)} with that taken back`;
  return [{ kind: 'unit-change', column: name, text, actual: distance, limit: undone, n: values.length }];
}
