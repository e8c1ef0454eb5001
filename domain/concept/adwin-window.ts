/** `2^level` values of the window, added up. */
interface Bucket {
  readonly sum: number;
  /** Sum of squared distances from the mean of the bucket. */
  readonly spread: number;
}

/** State of {@link nextAdwin}: an exponential histogram of the window, O(log n) numbers. JSON-safe. */
export interface AdwinState {
  /** By level, the oldest bucket of each first; higher levels are older. */
  readonly levels: readonly (readonly Bucket[])[];
  /** Values in the window. */
  readonly n: number;
  /** Values since the start; it checks at every 32nd. */
  readonly seen: number;
  /** Mean of the window; 0 where it is empty. */
  readonly mean: number;
}

const mostBucketsOfLevel = 5;

/** The buckets with a value more. */
export function withNewest({ levels }: AdwinState, value: number): AdwinState['levels'] {
  return compressed([[...(levels[0] ?? []), { sum: value, spread: 0 }], ...levels.slice(1)]);
}

/** Two buckets of a full level become one of the next. */
function compressed(levels: readonly (readonly Bucket[])[]): readonly (readonly Bucket[])[] {
  const kept: (readonly Bucket[])[] = [];
  let carried: Bucket | undefined;
  for (let level = 0; level < levels.length || carried; level++) {
    const buckets = carried ? [...(levels[level] ?? []), carried] : (levels[level] ?? []);
    carried = undefined;
    const [first, second] = buckets;
    if (buckets.length > mostBucketsOfLevel && first && second) {
      carried = merged(first, second, 2 ** level);
      kept.push(buckets.slice(2));
    } else kept.push(buckets);
  }
  return kept;
}

function merged(first: Bucket, second: Bucket, size: number): Bucket {
  const gap = (first.sum - second.sum) / size;
  return {
    sum: first.sum + second.sum,
    spread: first.spread + second.spread + (size / 2) * gap * gap,
  };
}

/** The state of these buckets. */
export function summed(levels: AdwinState['levels'], seen: number): AdwinState {
  let n = 0;
  let sum = 0;
  levels.forEach((buckets, level) => {
    n += buckets.length * 2 ** level;
    for (const bucket of buckets) sum += bucket.sum;
  });
  return { levels, n, seen, mean: n === 0 ? 0 : sum / n };
}

/** The variance of the window, dividing by n. */
export function varianceOf(levels: AdwinState['levels'], n: number, mean: number): number {
  let spread = 0;
  levels.forEach((buckets, level) => {
    const size = 2 ** level;
    for (const bucket of buckets) spread += bucket.spread + size * (bucket.sum / size - mean) ** 2;
  });
  return spread / n;
}

/** The window without its oldest bucket. */
export function withoutOldest({ levels, seen }: AdwinState): AdwinState {
  const oldest = levels.at(-1) ?? [];
  const rest = levels.slice(0, -1);
  return summed(oldest.length > 1 ? [...rest, oldest.slice(1)] : rest, seen);
}
