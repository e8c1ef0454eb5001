/** As far as an answer may lie from the one before: absolute, and of larger numbers relative. */
export const replayTolerance = 1e-6;

/** One row whose output is another than it was. Values are those of the first element that is furthest. */
export interface RowDifference {
  readonly predictionId: string;
  readonly row: number;
  readonly output: string;
  /** Infinity is told as null: the two are no numbers, or of other lengths. */
  readonly difference: number | null;
  readonly stored: string;
  readonly replayed: string;
}

export interface ComparedRow {
  readonly isEqual: boolean;
  readonly isWithin: boolean;
  /** The output that is furthest; null where every one is the same. */
  readonly worst: Omit<RowDifference, 'predictionId' | 'row'> | null;
}

/** An element of an answer. */
export type AnsweredValue = number | bigint | string | boolean;

/**
 * Outputs of a row as they were recorded beside the same of today. A recorded null is NaN, the texts `Infinity` and
 * `-Infinity` are numbers, where the model answers numbers.
 */
export function compareRow(
  stored: Readonly<Record<string, unknown>>,
  replayed: Readonly<Record<string, readonly AnsweredValue[]>>,
): ComparedRow {
  const compared = Object.entries(stored).map(([output, value]) => ({
    output,
    ...furthestOf(Array.isArray(value) ? value : [value], replayed[output] ?? []),
  }));
  const isEqual = compared.every(({ difference }) => difference === 0);
  if (isEqual) return { isEqual, isWithin: true, worst: null };
  const [worst] = compared.toSorted((a, b) => b.excess - a.excess);
  if (worst === undefined) return { isEqual: true, isWithin: true, worst: null };
  const { output, difference, excess, was, is } = worst;
  const told = Number.isFinite(difference) ? difference : null;
  return {
    isEqual,
    isWithin: excess <= 1,
    worst: { output, difference: told, stored: textOf(was), replayed: textOf(is) },
  };
}

interface Furthest {
  readonly difference: number;
  /** In tolerances. */
  readonly excess: number;
  readonly was: unknown;
  readonly is: unknown;
}

const same: Furthest = { difference: 0, excess: 0, was: null, is: null };

function furthestOf(stored: readonly unknown[], replayed: readonly AnsweredValue[]): Furthest {
  if (stored.length !== replayed.length) {
    const never = Number.POSITIVE_INFINITY;
    return { difference: never, excess: never, was: stored, is: replayed.map(String) };
  }
  return stored.reduce<Furthest>((worst, was, at) => {
    const is = replayed[at] ?? Number.NaN;
    const difference = distance(was, is);
    const size = typeof was === 'number' ? Math.max(1, Math.abs(was)) : 1;
    const excess = difference / (replayTolerance * size);
    return excess > worst.excess ? { difference, excess, was, is } : worst;
  }, same);
}

function distance(was: unknown, is: AnsweredValue): number {
  if (typeof is !== 'number') return String(was) === String(is) ? 0 : Number.POSITIVE_INFINITY;
  const number = was === null ? Number.NaN : was === 'Infinity' || was === '-Infinity' ? Number(was) : was;
  if (Object.is(number, is) || number === is) return 0;
  const difference = typeof number === 'number' ? Math.abs(number - is) : Number.NaN;
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}

const mostTextLength = 200;

function textOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  return text.slice(0, mostTextLength);
}

const mostWorst = 20;

/** Counts rows as they are compared, and keeps the worst of them. */
export function createReplayTally() {
  const counts = { compared: 0, equal: 0, differing: 0 };
  let worst: readonly (RowDifference & { readonly order: number })[] = [];
  return {
    counts,
    add(at: { readonly predictionId: string; readonly row: number }, compared: ComparedRow): void {
      counts.compared += 1;
      if (compared.isEqual) counts.equal += 1;
      if (!compared.isWithin) counts.differing += 1;
      if (compared.worst === null) return;
      const order = compared.worst.difference ?? Number.POSITIVE_INFINITY;
      worst = [...worst, { ...at, ...compared.worst, order }]
        .toSorted((a, b) => (b.order === a.order ? 0 : b.order - a.order))
        .slice(0, mostWorst);
    },
    worst: (): readonly RowDifference[] => worst.map(({ order: _, ...difference }) => difference),
  };
}
export type ReplayTally = ReturnType<typeof createReplayTally>;
