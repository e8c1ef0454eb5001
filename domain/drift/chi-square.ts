/** Homogeneity of counts over several samples. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
  /** Cramer's V: 0 (no association) to 1. */
  readonly effect: number;
}

/**
 * Chi-square test of homogeneity on a contingency table: a row a sample, a column a category. Columns that nobody has
 * are left out.
 *
 * @param table at least two rows of equally many counts
 * @returns undefined where fewer than two rows or two columns count anything
 */
export function chiSquareTest(table: readonly ArrayLike<number>[]): ChiSquareTest | undefined {
  const rows = table.map((row) => Array.from(row)).filter((row) => row.some((count) => count > 0));
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) =>
    rows.reduce((sum, row) => sum + (row[at] ?? 0), 0),
  );
  const kept = columns.filter((count) => count > 0).length;
  if (rows.length < 2 || kept < 2) return undefined;
  const all = columns.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  for (const row of rows) {
    const rowTotal = row.reduce((sum, count) => sum + count, 0);
    row.forEach((count, at) => {
      const expected = (rowTotal * (columns[at] ?? 0)) / all;
      if (expected > 0) statistic += (count - expected) ** 2 / expected;
    });
  }
  const degrees = (rows.length - 1) * (kept - 1);
  const effect = Math.sqrt(statistic / (all * Math.min(rows.length - 1, kept - 1)));
  return { statistic, degrees, pValue: chiSquareTail(statistic, degrees), effect: Math.min(1, effect) };
}

/** `P(X > value)` of the chi-square distribution: the upper regularised incomplete gamma function. */
export function chiSquareTail(value: number, degrees: number): number {
  if (!(value > 0)) return 1;
  const a = degrees / 2;
  const x = value / 2;
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x);
}

/** The value that is exceeded with probability `1 - probability`. */
export function chiSquareQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`probability must be strictly between 0 and 1, came ${probability}`);
  let low = 0;
  let high = Math.max(1, degrees);
  while (1 - chiSquareTail(high, degrees) < probability) high *= 2;
  while (high - low > 1e-10 * Math.max(1, high)) {
    const middle = (low + high) / 2;
    if (1 - chiSquareTail(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Source of both: Abramowitz and Stegun 6.5.29 and 6.5.31, the fraction by Lentz's method. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * 1e-16; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a));
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 10_000; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h * Math.exp(a * Math.log(x) - x - logGamma(a));
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Logarithm of the gamma function of a positive number, by Lanczos (g = 7, n = 9). */
function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const sum = lanczos.reduce((s, coefficient, at) => s + coefficient / (z + at), 0.99999999999980993);
  const t = z + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(t) - t + Math.log(sum);
}
