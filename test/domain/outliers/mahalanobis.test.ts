import { describe, expect, it } from 'vitest';
import { fitMahalanobis, mahalanobisSquares } from '../../../domain/outliers/mahalanobis.js';
import { cholesky, squaredLength } from '../../../domain/stats/cholesky.js';
import { shrunkCovariance } from '../../../domain/stats/covariance.js';
import { momentsOf } from '../../../domain/stats/moments.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { normal, normals } from '../drift/made-samples.js';

function fitted(reference: Record<string, Float64Array>) {
  const model = fitMahalanobis(reference);
  if (model.kind === 'undefined') throw new Error(model.reason);
  return model;
}

/** Four columns of which the last two go together. */
function table(seed: number, rows: number): Record<string, Float64Array> {
  const random = seededRandom(seed);
  const columns = {
    a: new Float64Array(rows),
    b: new Float64Array(rows),
    c: new Float64Array(rows),
    d: new Float64Array(rows),
  };
  for (let row = 0; row < rows; row += 1) {
    columns.a[row] = 1000 + 50 * normal(random);
    columns.b[row] = normal(random) / 1000;
    columns.c[row] = normal(random);
    columns.d[row] = 0.95 * (columns.c[row] ?? 0) + 0.312 * normal(random);
  }
  return columns;
}

describe('the shrunk covariance', () => {
  const centred = (rows: number) => {
    const points = Array.from({ length: rows }, (_, i) => [
      ((i * 37) % 101) / 101,
      ((i * 53) % 97) / 97 + (((i * 37) % 101) / 101) * 0.5,
      ((i * 29) % 89) / 40,
    ]);
    const means = [0, 1, 2].map((at) => momentsOf(points.map((point) => point[at] ?? 0)).mean);
    return Float64Array.from(points.flatMap((point) => point.map((value, at) => value - (means[at] ?? 0))));
  };

  it.each([
    [
      40,
      0.12327343791651764,
      [0.09973618381043124, 0.0477435533889072, 0.001535899070085608, 0.12615329280412174],
    ],
    [
      12,
      0.42538691999240497,
      [0.14928854684876 + 1e-16, 0.040349118659450005, -0.007570835496180923, 0.17617070144147012],
    ],
  ])('agrees with scikit-learn on %d rows', (rows, shrinkage, [xx, xy, xz, yy]) => {
    const found = shrunkCovariance(centred(rows), 3);
    expect(found.shrinkage).toBeCloseTo(shrinkage, 10);
    [xx, xy, xz, undefined, yy].forEach((value, at) => {
      if (value !== undefined) expect(found.covariance[at]).toBeCloseTo(value, 10);
    });
  });

  it('is nothing for no rows and for constants', () => {
    expect(shrunkCovariance(new Float64Array(0), 2)).toEqual({
      covariance: new Float64Array(4),
      shrinkage: 0,
    });
    expect(shrunkCovariance(new Float64Array(6), 2)).toEqual({
      covariance: new Float64Array(4),
      shrinkage: 0,
    });
  });

  it('is taken apart into a triangle only where it can be inverted', () => {
    expect(cholesky(Float64Array.of(4, 2, 2, 5), 2)).toEqual(Float64Array.of(2, 0, 1, 2));
    expect(squaredLength([2, 0, 1, 2], [2, 5], new Float64Array(2))).toBe(5);
    expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined();
  });
});

describe('distances from the middle of a reference', () => {
  it('cut off one in a thousand of normal rows, of which the model has seen none', () => {
    const model = fitted(table(1, 5000));
    expect(model.cutoff).toBeCloseTo(18.466827, 5);
    const squares = mahalanobisSquares(model, table(2, 40_000));
    const flagged = squares.filter((square) => square > model.cutoff).length;
    expect(flagged).toBeGreaterThan(12);
    expect(flagged).toBeLessThan(80);
    expect(momentsOf(squares).mean).toBeCloseTo(4, 0);
  });

  it('find a row that is usual in every column but not in all together', () => {
    const model = fitted(table(1, 5000));
    const usual = { a: Float64Array.of(1000), b: Float64Array.of(0) };
    const together = mahalanobisSquares(model, { ...usual, c: Float64Array.of(2), d: Float64Array.of(2) });
    const against = mahalanobisSquares(model, { ...usual, c: Float64Array.of(2), d: Float64Array.of(-2) });
    expect(together[0]).toBeLessThan(model.cutoff / 2);
    expect(against[0]).toBeGreaterThan(3 * model.cutoff);
  });

  it('are not moved by outliers in the reference', () => {
    const clean = table(1, 5000);
    const soiled = {
      ...clean,
      a: clean.a?.map((value, row) => (row % 50 === 0 ? 1e9 : value)) ?? new Float64Array(0),
    };
    const far = {
      a: Float64Array.of(1400),
      b: Float64Array.of(0),
      c: Float64Array.of(0),
      d: Float64Array.of(0),
    };
    const model = fitted(soiled);
    expect(mahalanobisSquares(model, far)[0]).toBeGreaterThan(model.cutoff);
  });

  it('stay the same when the model went through JSON', () => {
    const model = fitted(table(1, 500));
    const rows = table(2, 50);
    expect(mahalanobisSquares(JSON.parse(JSON.stringify(model)), rows)).toEqual(
      mahalanobisSquares(model, rows),
    );
  });

  it('take null as the middle, and an infinity as very far but still a number', () => {
    const model = fitted({ a: normals(1, 500), b: normals(2, 500) });
    const { centre } = model;
    const rows = {
      a: Float64Array.of(Number.NaN, centre[0] ?? 0, Number.NEGATIVE_INFINITY),
      b: Float64Array.of(Number.NaN, centre[1] ?? 0, 0),
    };
    const [nulls, middle, infinite] = mahalanobisSquares(model, rows);
    expect([nulls, middle]).toEqual([0, 0]);
    expect(infinite).toBeGreaterThan(1e10);
    expect(Number.isFinite(infinite)).toBe(true);
  });

  it('leave out constants, are finite over a copy of a column, and say why there are none', () => {
    const a = normals(1, 500);
    const model = fitted({ a, copy: a, same: new Float64Array(500).fill(4) });
    expect([model.columns, model.constant]).toEqual([['a', 'copy'], ['same']]);
    expect(mahalanobisSquares(model, { a, copy: a }).every(Number.isFinite)).toBe(true);
    const reasonOf = (reference: Record<string, Float64Array>) => {
      const found = fitMahalanobis(reference);
      return found.kind === 'undefined' ? found.reason : '';
    };
    expect(reasonOf({})).toContain('no column');
    expect(reasonOf({ a: new Float64Array(9).fill(Number.NaN) })).toContain('no column');
    expect(reasonOf({ a: Float64Array.of(1) })).toContain('no column');
    expect(reasonOf({ a: Float64Array.of(1, 2), b: Float64Array.of(3, 5) })).toContain('the reference has 2');
    expect(() => mahalanobisSquares(model, { a })).toThrow('a column copy');
    expect(() => mahalanobisSquares(model, { a, copy: Float64Array.of(1) })).toThrow('came 1 in copy');
    expect(() => fitMahalanobis({ a, b: Float64Array.of(1) })).toThrow('need 500 rows, came 1 in b');
  });
});
