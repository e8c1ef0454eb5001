import { compareDigits } from './debian.js';

const form = /^[v=]?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Order of two semantic versions, as `compareDebian` gives it; null where one is none. Numbers that are left out, as
 * databases do, are 0. Source: semver.org 2.0.0, rule 11. `1.0.0-alpha` < `1.0.0-alpha.1` < `1.0.0-beta` < `1.0.0`.
 */
export function compareSemver(a: string, b: string): number | null {
  const [left, right] = [form.exec(a.trim()), form.exec(b.trim())];
  if (left === null || right === null) return null;
  return (
    compareDigits(left[1] ?? '', right[1] ?? '') ||
    compareDigits(left[2] ?? '', right[2] ?? '') ||
    compareDigits(left[3] ?? '', right[3] ?? '') ||
    comparePreRelease(left[4], right[4])
  );
}

function comparePreRelease(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(b !== undefined) - Number(a !== undefined);
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [one, other] = [left[at], right[at]];
    if (one === undefined || other === undefined) return left.length - right.length;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    const difference = isNumber ? compareDigits(one, other) : one < other ? -1 : Number(one > other);
    if (difference !== 0) return difference;
  }
  return 0;
}
