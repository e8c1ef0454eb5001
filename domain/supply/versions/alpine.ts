import { compareDigits } from './debian.js';

const before = ['alpha', 'beta', 'pre', 'rc'];
const after = ['cvs', 'svn', 'git', 'hg', 'p'];
const form =
  /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?$/;

/**
 * Order of two versions of Alpine's apk, as `compareDebian` gives it; null where one is no version. Source: apk-tools,
 * doc/apk-package.5. `1.2_rc1` < `1.2` < `1.2-r1` < `1.2_p1` < `1.2a`.
 */
export function compareAlpine(a: string, b: string): number | null {
  const [left, right] = [form.exec(a.trim()), form.exec(b.trim())];
  if (left === null || right === null) return null;
  return (
    compareNumbers(left[1] ?? '', right[1] ?? '') ||
    compareLetters(left[2] ?? '', right[2] ?? '') ||
    compareSuffixes(left[3] ?? '', right[3] ?? '') ||
    compareDigits(left[4] ?? '', right[4] ?? '')
  );
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at], right[at]];
    if (one === undefined || other === undefined) return left.length - right.length;
    const isFraction = at > 0 && (one.startsWith('0') || other.startsWith('0'));
    const difference = isFraction ? compareLetters(one, other) : compareDigits(one, other);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareSuffixes(a: string, b: string): number {
  const [left, right] = [a.split('_').slice(1), b.split('_').slice(1)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [suffix(left[at]), suffix(right[at])];
    const difference = one.rank - other.rank || compareDigits(one.number, other.number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function suffix(text: string | undefined): { readonly rank: number; readonly number: string } {
  const [, word = '', number = ''] = /^([a-z]+)(\d*)$/.exec(text ?? '') ?? [];
  return {
    rank: before.includes(word) ? before.indexOf(word) - before.length : after.indexOf(word) + 1,
    number,
  };
}

const compareLetters = (a: string, b: string) => (a < b ? -1 : Number(a > b));
