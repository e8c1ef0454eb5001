import { printableLine } from '../domain/printable.js';
import { colors } from './colors.js';
import type { components } from './generated/api.js';
import { printLine, printTable, shortNumber } from './print.js';

type Diff = components['schemas']['VersionDiff'];
type Change = Diff['changes'][number];

/** Rows of one part that a page has room for; --json has all. */
const mostRows = 15;
const parts = ['code', 'configuration', 'data', 'metrics', 'slices', 'interface'] as const;

/** What changed, part by part; an asterisk marks the better of two numbers, those that got worse come first. */
export function printDiff({ project, model, from, to, changes }: Diff, full = false): void {
  const most = full ? Number.POSITIVE_INFINITY : mostRows;
  const champion = from === null ? 'nothing: there is no champion' : `${project}/${model}@${from}`;
  printLine(colors.bold(`${project}/${model}@${to} compared with ${champion}`));
  for (const part of parts) {
    const rows = changes.filter((change) => change.part === part).toSorted((a, b) => rank(a) - rank(b));
    printLine();
    printTable(
      [part, from === null ? 'before' : `@${from}`, `@${to}`],
      rows
        .slice(0, most)
        .map((row) => [
          printableLine(row.what),
          valueText(row.from, row.better === 'from'),
          valueText(row.to, row.better === 'to'),
        ]),
      `${part}: nothing differs`,
    );
    if (rows.length > most) printLine(colors.dim(`and ${rows.length - most} more: --json has all`));
  }
}

const rank = ({ better }: Change) => (better === 'from' ? 0 : 1);

function valueText(value: Change['from'], better: boolean): string {
  const text = typeof value === 'number' ? shortNumber(value) : (value ?? '-');
  return better ? `${text} *` : text;
}
