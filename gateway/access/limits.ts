/** How much of something a caller may do: so many at once, so many a second in the long run. */
export interface Budget {
  readonly burst: number;
  readonly perSecond: number;
}

export interface LimitSettings {
  /** Requests of one caller. */
  readonly requestsPerSecond: number;
  /** Tries to sign in from one address. */
  readonly signInsPerMinute: number;
  /** Webhooks from one address. */
  readonly hooks: { readonly requestsPerSecond: number };
}

export type BudgetName = 'address' | 'caller' | 'sign-in' | 'hook' | 'heavy';

export interface Limits {
  /** Takes one; 0 where there was one, else the seconds after which there is. */
  take(budget: BudgetName, key: string): number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets that are kept; the least recently used goes first, and would have been full by then. */
const mostBuckets = 20_000;
const burstSeconds = 5;
/** People behind one address. */
const callersPerAddress = 4;
/** What reads the whole chain, or builds a dataset again. */
const heavyPerMinute = 12;

/** Token buckets in the memory of this process, by budget and key. */
export function createLimits(settings: LimitSettings, now: () => number = Date.now): Limits {
  const buckets = new Map<string, Bucket>();
  const budgets = budgetsOf(settings);
  return {
    take(name, key) {
      const { burst, perSecond } = budgets[name];
      const id = `${name} ${key}`;
      const atMs = now();
      const known = buckets.get(id) ?? { tokens: burst, atMs };
      const elapsedSeconds = Math.max(0, atMs - known.atMs) / 1000;
      const tokens = Math.min(burst, known.tokens + elapsedSeconds * perSecond);
      const has = tokens >= 1;
      buckets.delete(id);
      buckets.set(id, { tokens: has ? tokens - 1 : tokens, atMs });
      if (buckets.size > mostBuckets) forgetOldest(buckets);
      return has ? 0 : Math.ceil((1 - tokens) / perSecond);
    },
  };
}

function budgetsOf({
  requestsPerSecond,
  signInsPerMinute,
  hooks,
}: LimitSettings): Readonly<Record<BudgetName, Budget>> {
  const steady = (perSecond: number) => ({ perSecond, burst: perSecond * burstSeconds });
  return {
    address: steady(requestsPerSecond * callersPerAddress),
    caller: steady(requestsPerSecond),
    'sign-in': { perSecond: signInsPerMinute / 60, burst: signInsPerMinute },
    hook: steady(hooks.requestsPerSecond),
    heavy: { perSecond: heavyPerMinute / 60, burst: heavyPerMinute },
  };
}

function forgetOldest(buckets: Map<string, Bucket>): void {
  for (const id of buckets.keys()) {
    buckets.delete(id);
    return;
  }
}
