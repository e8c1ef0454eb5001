import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-tests.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => ({
    attack: line.split('|')[1]?.trim() ?? '',
    files: [...line.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file),
  }));

describe('the page of attacks', () => {
  it.each(rows)('names tests that are there: $attack', ({ files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it('has every row that is told of', () => {
    expect(rows.map(({ attack }) => Number.parseInt(attack, 10))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 15, 18, 26, 28, 29, 30, 31, 32, 33,
    ]);
  });
});
