import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternIndex } from '../../../domain/triggers/path-index.js';
import { pathMatch } from '../../../domain/triggers/path-match.js';

const runs = { numRuns: 500, seed: 20130401 };

/** The same question, letter by letter and without haste. */
function slowMatch(pattern: string, path: string): boolean {
  const whole = pattern.endsWith('/') ? `${pattern}**` : pattern;
  const names = whole.endsWith('**') && whole.split('/').at(-1) === '**' ? `${whole}/*` : whole;
  return slowParts(names.split('/'), path.split('/'));
}

function slowParts(parts: readonly string[], names: readonly string[]): boolean {
  const [part, ...others] = parts;
  if (part === undefined) return names.length === 0;
  if (part === '**')
    return names.some((_, at) => slowParts(others, names.slice(at))) || slowParts(others, []);
  const [name, ...rest] = names;
  return name !== undefined && slowName(part, name) && slowParts(others, rest);
}

function slowName(part: string, name: string): boolean {
  if (part === '') return name === '';
  if (part[0] !== '*') return part[0] === name[0] && name !== '' && slowName(part.slice(1), name.slice(1));
  return slowName(part.slice(1), name) || (name !== '' && slowName(part, name.slice(1)));
}

describe('a pattern of paths', () => {
  it.each([
    ['training/train.py', 'training/train.py', true],
    ['training/train.py', 'training/train.pyc', false],
    ['training', 'training/train.py', false],
    ['training/', 'training/lib/rows.py', true],
    ['training/', 'training', false],
    ['training/**', 'training/lib/rows.py', true],
    ['training/**', 'training', false],
    ['training/*', 'training/lib/rows.py', false],
    ['training/*.py', 'training/train.py', true],
    ['training/*.py', 'training/.py', true],
    ['**/*.md', 'README.md', true],
    ['**/*.md', 'a/b/c.md', true],
    ['*.md', 'docs/a.md', false],
    ['**', 'any/file', true],
    ['models/**/ratchet.yaml', 'models/ratchet.yaml', true],
    ['models/**/ratchet.yaml', 'models/a/b/ratchet.yaml', true],
    ['models/**/ratchet.yaml', 'models/a/b/other.yaml', false],
    ['**/a/**/b', 'x/a/y/a/z/b', true],
    ['**/a/**/b', 'x/b/a', false],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['a**c', 'abc', true],
    ['a**c', 'a/c', false],
    ['experiment/*', 'experiment/deep-trees', true],
    ['notes.[ch]', 'notes.c', false],
    ['notes.[ch]', 'notes.[ch]', true],
    ['(a+)+$?', '(a+)+$?', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pathMatch(pattern)(path)).toBe(expected);
    expect(slowMatch(pattern, path)).toBe(expected);
  });

  it('says the same as reading letter by letter', () => {
    const letters = fc.constantFrom('a', 'b', '*', '**', '/', 'ab');
    const pattern = fc
      .array(letters, { minLength: 1, maxLength: 9 })
      .map((parts) => parts.join('').replaceAll(/\/+/g, '/').replace(/^\//, '') || 'a');
    const path = fc
      .array(fc.stringMatching(/^[ab]{1,3}$/), { minLength: 1, maxLength: 5 })
      .map((names) => names.join('/'));
    let met = 0;
    fc.assert(
      fc.property(pattern, path, (asked, given) => {
        const expected = slowMatch(asked, given);
        if (expected) met += 1;
        expect(pathMatch(asked)(given), `${asked} ${given}`).toBe(expected);
      }),
      { ...runs, numRuns: 5000 },
    );
    expect(met).toBeGreaterThan(300);
  });

  it('takes no longer for a pattern that is made to take long', () => {
    const since = performance.now();
    for (const pattern of [
      `${'*a'.repeat(255)}b`,
      `${'**/a/'.repeat(100)}b`,
      `${'**/*a*/'.repeat(73)}b`,
      `${'a*'.repeat(255)}b`,
    ]) {
      expect(pathMatch(pattern)('a'.repeat(4096))).toBe(false);
      expect(pathMatch(pattern)('a/'.repeat(2047))).toBe(false);
    }
    // Tried step by step with every way back, the first of them alone outlasts the universe.
    expect(performance.now() - since).toBeLessThan(2000);
  });
});

describe('an index of patterns', () => {
  it('finds what asking each pattern finds, in the order given', () => {
    const pattern = fc
      .array(fc.constantFrom('a', 'b', '*', '**', 'a*'), { minLength: 1, maxLength: 4 })
      .map((names) => names.join('/'));
    const path = fc
      .array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 })
      .map((names) => names.join('/'));
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), path, (patterns, asked) => {
        const entries = patterns.map((one, at) => [one, at] as const);
        const expected = entries.filter(([one]) => pathMatch(one)(asked)).map(([, at]) => at);
        expect(patternIndex(entries)(asked)).toEqual(expected);
      }),
      runs,
    );
  });
});
