import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindRules } from '../../domain/triggers/kind-rules.js';
import { suppressRules } from '../../domain/triggers/trigger-event.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/triggers.md'), 'utf8');

/** Cells of the table whose first column is called so. */
function rowsOf(heading: string, columns: number): string[][] {
  const lines = page.split('\n');
  const isHead = (line: string) => line.startsWith(`| ${heading} `) && line.split('|').length === columns + 2;
  const from = lines.findIndex(isHead) + 2;
  const to = lines.findIndex((line, at) => at > from && !line.startsWith('|'));
  return lines.slice(from, to).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('the page of what starts runs', () => {
  it('says of every kind of event how it is treated', () => {
    const yes = (is: boolean) => (is ? 'yes' : 'no');
    const rules = Object.entries(kindRules).map(([kind, rule]) => [
      ...[kind, yes(rule.isAutomatic), yes(rule.isDebounced), yes(rule.replaces)],
      ...[rule.held, rule.inFlight, rule.blocked, rule.coolDown, rule.budget],
    ]);
    expect(rowsOf('kind', 9).toSorted()).toEqual(rules.toSorted());
  });

  it('names every rule by which an event starts nothing', () => {
    expect(rowsOf('suppressed by', 2).map(([rule]) => rule)).toEqual([...suppressRules]);
  });
});
