import { persistentVerdict } from '../../../domain/monitoring/persistence.js';
import type { ReferenceProfile } from '../../../domain/monitoring/profile/reference-profile.js';
import type { ColumnEvidence } from '../../../domain/monitoring/window-evidence.js';
import { type ColumnStream, movedNames } from './column-stream.js';
import { judged, usual } from './learned-profile.js';

export interface Power {
  readonly tries: number;
  /** Tries in which all three columns that moved were found within three windows. */
  readonly found: number;
  /** Of the windows of moved columns that did not fail: by which rule. */
  readonly passed: { readonly pValue: number; readonly limit: number };
}

const withinWindows = 3;

/** How often three columns that moved by so many standard deviations are found. */
export function powerOf(
  profile: ReferenceProfile,
  next: ColumnStream,
  { rows, shift, tries }: { readonly rows: number; readonly shift: number; readonly tries: number },
): Power {
  const power = { tries, found: 0, passed: { pValue: 0, limit: 0 } };
  for (let at = 0; at < tries; at += 1) {
    const windows = Array.from({ length: withinWindows }, () => judged(profile, next(rows, shift)));
    const ofMoved = movedNames.map((name) => windows.map((window) => named(window, name)));
    const isFound = ofMoved.every((seen) => isConfirmed(seen));
    power.found += Number(isFound);
    for (const { verdict, pAdjusted } of ofMoved.flat()) {
      if (verdict === 'fail') continue;
      const isByChance = (pAdjusted ?? 1) >= usual.drift.alpha;
      power.passed[isByChance ? 'pValue' : 'limit'] += 1;
    }
  }
  return power;
}

function isConfirmed(seen: readonly ColumnEvidence[]): boolean {
  return seen.some((_, at) => {
    const verdicts = seen.slice(0, at + 1).map(({ verdict }) => verdict);
    return persistentVerdict(verdicts, usual.drift.persistence) === 'fail';
  });
}

function named(window: readonly ColumnEvidence[], name: string): ColumnEvidence {
  const found = window.find(({ column }) => column === name);
  if (found === undefined) throw new Error(`${name} was not judged`);
  return found;
}
