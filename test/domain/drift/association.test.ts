import { describe, expect, it } from 'vitest';
import { associate } from '../../../domain/drift/association.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

const rows = 2000;
const random = seededRandom(11);
const noise = () => Float64Array.from({ length: rows }, () => random());
const letters = (values: ArrayLike<number>, of: string) =>
  Array.from(values, (value) => of[Math.min(of.length - 1, Math.floor(value * of.length))] ?? '');
const strength = (found: ReturnType<typeof associate>) => ('value' in found ? found.value : Number.NaN);

describe('associations agree with scipy', () => {
  const made = (value: (row: number) => number) => Float64Array.from({ length: 300 }, (_, row) => value(row));
  const group = (row: number) => (row * 7) % 5;

  it('of numbers: the larger of Pearson and Spearman', () => {
    const x = made((row) => (row * 37) % 101);
    const noisy = made((row) => ((row * 37) % 101) ** 3 + 40_000 * ((row * 53) % 17));
    expect(associate(x, noisy)).toMatchObject({ measure: 'correlation' });
    expect(strength(associate(x, noisy))).toBeCloseTo(0.755258054321, 10);
    const bent = made((row) => Math.exp((noisy[row] ?? 0) / 1e4));
    expect(associate(x, bent)).toMatchObject({ measure: 'rank correlation' });
  });

  it('of text and numbers, adjusted for the number of categories', () => {
    const names = Array.from({ length: 300 }, (_, row) => `g${group(row)}`);
    const found = associate(
      names,
      made((row) => 10 * group(row) + ((row * 53) % 97)),
    );
    expect(found).toMatchObject({ measure: 'correlation ratio', n: 300 });
    expect(strength(found)).toBeCloseTo(0.432269883642, 10);
  });

  it('of texts, adjusted for the size of their table', () => {
    const left = Array.from({ length: 300 }, (_, row) => `g${group(row)}`);
    const right = left.map((name, row) => ((row * 11) % 4 === 0 ? name : `g${(row * 13) % 3}`));
    expect(strength(associate(left, right))).toBeCloseTo(0.336356348566, 10);
  });
});

describe('how much one column says about another', () => {
  const base = noise();

  it('finds a near-copy under any steady change, a missing tenth of it, or cut into categories', () => {
    expect(
      strength(
        associate(
          base,
          base.map((value) => Math.exp(5 * value)),
        ),
      ),
    ).toBeGreaterThan(0.999);
    const holes = base.map((value, at) => (at % 10 === 0 ? Number.NaN : -value));
    expect(associate(base, holes)).toMatchObject({ measure: 'rank correlation', n: 1800 });
    expect(strength(associate(base, holes))).toBeGreaterThan(0.999);
    expect(strength(associate(letters(base, 'abcdefgh'), base))).toBeGreaterThan(0.98);
    expect(strength(associate(letters(base, 'abcdefgh'), letters(base, 'abcdefgh')))).toBeGreaterThan(0.99);
    expect(strength(associate(letters(base, 'abcdefgh'), letters(base, 'wxyz')))).toBeGreaterThan(0.95);
  });

  it('finds a copy that is noisy in the middle, where most values are, and exact far from it', () => {
    const far = base.map((value) => (value < 0.15 ? 1000 * value : value));
    const copy = far.map((value) => (value > 1 ? value : random()));
    expect(associate(far, copy)).toMatchObject({ measure: 'correlation' });
    expect(strength(associate(far, copy))).toBeGreaterThan(0.99);
  });

  it('stays a number where values are too large to be squared', () => {
    const huge = base.map((value) => value * 1e300);
    expect(associate(huge, base)).toMatchObject({ measure: 'rank correlation' });
    expect(strength(associate(huge, base))).toBeGreaterThan(0.999);
    expect(strength(associate(letters(base, 'abcd'), huge))).toBeGreaterThan(0.9);
  });

  it('finds nothing between columns that have nothing to do with each other, however many categories they have', () => {
    expect(strength(associate(base, noise()))).toBeLessThan(0.1);
    const many = Array.from(noise(), (value) => `k${Math.floor(value * 500)}`);
    expect(strength(associate(many, base))).toBeLessThan(0.2);
    expect(strength(associate(many, letters(noise(), 'abc')))).toBeLessThan(0.2);
  });

  it('says why there is no number', () => {
    expect(associate(base.slice(0, 100), base)).toMatchObject({
      reason: expect.stringContaining('100 rows'),
    });
    expect(associate(new Float64Array(rows).fill(1), base)).toMatchObject({ value: 0 });
    const identifiers = Array.from(base, (_, at) => `id${at}`);
    expect(associate(identifiers, base)).toHaveProperty('reason');
  });
});
