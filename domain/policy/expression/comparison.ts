/** A place in a rule where two values are compared. */
export interface ComparisonSite {
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  /** Whether the rule passes by this being true; null where that cannot be told. */
  readonly holds: boolean | null;
  /** Whether the constant side stands to the left. */
  readonly limitIsLeft: boolean;
}

/** What was compared while a rule ran. */
export interface Comparison extends ComparisonSite {
  readonly actual: number | string | boolean;
  readonly limit: number | string | boolean;
  readonly outcome: boolean;
  /** How far the number is from the limit, negative where it lacks; null where it is no order of numbers. */
  readonly distance: number | null;
  /** The smallest sample size behind the facts in it. */
  readonly n: number | null;
}

type Scalar = number | string | boolean;

/** Compares two values of one kind. Errors: a `TypeError` for two kinds, a `RangeError` for NaN. */
export function compare(site: ComparisonSite, left: unknown, right: unknown, n: number | null): Comparison {
  if (!isScalar(left) || !isScalar(right) || typeof left !== typeof right)
    throw new TypeError(`${typeof left} and ${typeof right} cannot be compared`);
  if (Number.isNaN(left) || Number.isNaN(right)) throw new RangeError('NaN cannot be compared');
  const [actual, limit] = site.limitIsLeft ? [right, left] : [left, right];
  return {
    ...site,
    actual,
    limit,
    outcome: test(site.operator, left, right),
    distance: distanceOf(site, left, right),
    n,
  };
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function test(operator: ComparisonSite['operator'], left: Scalar, right: Scalar): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
  }
}

function distanceOf({ operator, holds }: ComparisonSite, left: Scalar, right: Scalar): number | null {
  if (typeof left !== 'number' || typeof right !== 'number' || operator === '==' || operator === '!=')
    return null;
  const upwards = operator === '>' || operator === '>=' ? left - right : right - left;
  const distance = holds === false ? -upwards : upwards;
  return distance === 0 ? 0 : distance;
}

/**
 * The comparison that decides: where the rule does not pass, the failed one that lacks most; else the one that is
 * closest to its limit. Distances of different units are weighed by their limits.
 */
export function decisive(comparisons: readonly Comparison[], passes: boolean): Comparison | undefined {
  const told = comparisons.filter(({ holds }) => holds !== null);
  const fitting = told.filter(({ outcome, holds }) => (outcome === holds) === passes);
  const among = fitting.length > 0 ? fitting : told.length > 0 ? told : comparisons;
  return among.toSorted((a, b) => weight(a) - weight(b))[0];
}

function weight({ distance, limit }: Comparison): number {
  if (distance === null) return 0;
  const size = typeof limit === 'number' ? Math.abs(limit) : 0;
  return size > 0 ? distance / size : distance;
}
