import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../domain/changes/line-diff.js';

const diff = (before: string, after: string) => lineDiff([...before], [...after]);

/** What the second text is, by the first and the hunks. */
function patched(before: readonly string[], hunks: readonly string[]): string[] {
  const after: string[] = [];
  let at = 0;
  for (const line of hunks) {
    const head = /^@@ -(\d+),(\d+) \+\d+,\d+ @@$/.exec(line);
    if (head) {
      const start = Number(head[1]) - (head[2] === '0' ? 0 : 1);
      after.push(...before.slice(at, start));
      at = start;
      continue;
    }
    const text = line.slice(1);
    if (line.startsWith('+')) after.push(text);
    else {
      expect(before[at]).toBe(text);
      if (line.startsWith(' ')) after.push(text);
      at += 1;
    }
  }
  return [...after, ...before.slice(at)];
}

describe('a diff of lines', () => {
  it('is empty where nothing differs', () => {
    expect(diff('abc', 'abc')).toEqual([]);
    expect(diff('', '')).toEqual([]);
  });

  it('shows a change with three lines around it', () => {
    expect(diff('abcdefghi', 'abcdXfghi')).toEqual([
      '@@ -2,7 +2,7 @@',
      ' b',
      ' c',
      ' d',
      '-e',
      '+X',
      ' f',
      ' g',
      ' h',
    ]);
  });

  it('parts changes that are far from each other', () => {
    expect(diff('abcdefghijkl', 'bcdefghijklZ').filter((line) => line.startsWith('@@'))).toEqual([
      '@@ -1,4 +1,3 @@',
      '@@ -10,3 +9,4 @@',
    ]);
  });

  it('counts from before the first line where a side has none', () => {
    expect(diff('', 'ab')).toEqual(['@@ -0,0 +1,2 @@', '+a', '+b']);
    expect(diff('ab', '')).toEqual(['@@ -1,2 +0,0 @@', '-a', '-b']);
  });

  it('makes the second text of the first, with no more lines than it takes', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const hunks = lineDiff(before, after);
        expect(patched(before, hunks)).toEqual(after);
        const changed = hunks.filter((line) => /^[+-]/.test(line)).length;
        expect(changed).toBe(before.length + after.length - 2 * longestCommon(before, after));
      }),
    );
  });

  it('takes long texts without comparing every pair', () => {
    const lines = (mark: string) => Array.from({ length: 5000 }, (_, at) => `${mark} ${at}`);
    const hunks = lineDiff(['same', ...lines('old')], ['same', ...lines('new')]);
    expect(patched(['same', ...lines('old')], hunks)).toEqual(['same', ...lines('new')]);
  });
});

/** By its definition. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const line of one) {
    const next = [0];
    other.forEach((second, at) => {
      next.push(line === second ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}
