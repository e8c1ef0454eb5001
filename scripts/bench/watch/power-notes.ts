import { evidenceOf, type WindowVerdicts } from '../../../domain/monitoring/evidence-of.js';
import { drift, judged, judgedTogether, profileOf } from './judged-table.js';
import { normalTable } from './normal-table.js';

const powerTries = 20;
/** All columns together cost as much as fifty times each by itself. */
const togetherTries = 2;

/** How often three of 20 columns that moved a little are found, with the least limits that there are: learned ones are wider, and find less. */
export function powerNotes(rows: number): string[] {
  const next = normalTable(rows);
  const profile = profileOf(next(5000), false);
  return [0, 0.1, 0.15, 0.2, 0.3].map((shift) => {
    const found = { columns: 0, together: 0 };
    for (let at = 0; at < powerTries; at += 1) {
      const windows = Array.from({ length: 3 }, (): WindowVerdicts => {
        const window = next(rows, shift);
        const together = at < togetherTries ? judgedTogether(profile, window) : {};
        return { ...judged(profile.columns, window), ...together };
      });
      const { moved, together } = evidenceOf({ inputs: windows, truth: [] }, { drift, conditions: {} });
      if (['c0', 'c1', 'c2'].every((name) => moved.includes(name))) found.columns += 1;
      if (together.length > 0) found.together += 1;
    }
    const moved = `three columns moved by ${shift} deviations, windows of ${rows}`;
    return `${moved}: all three found in ${found.columns} of ${powerTries} tries, all columns together in ${found.together} of ${togetherTries}`;
  });
}
