/** A way in which a quantity may be written down, as `factor * value + offset` of the way before. */
export interface UnitChange {
  readonly words: string;
  readonly factor: number;
  readonly offset: number;
}

const scaled = (words: string, factor: number): UnitChange[] => [
  { words, factor, offset: 0 },
  { words: `${words}, the other way`, factor: 1 / factor, offset: 0 },
];

/** Powers of ten, and units that people mix up. */
export const unitChanges: readonly UnitChange[] = [
  ...scaled('ten times', 10),
  ...scaled('a hundred times', 100),
  ...scaled('a thousand times', 1000),
  ...scaled('a million times', 1e6),
  ...scaled('sixty times (minutes and seconds, hours and minutes)', 60),
  ...scaled('3,600 times (hours and seconds)', 3600),
  ...scaled('miles to kilometres', 1.609344),
  ...scaled('feet to metres', 0.3048),
  ...scaled('inches to centimetres', 2.54),
  ...scaled('pounds to kilogrammes', 0.45359237),
  ...scaled('knots to kilometres an hour', 1.852),
  ...scaled('metres a second to kilometres an hour', 3.6),
  ...scaled('inches of mercury to hectopascals', 33.8639),
  { words: 'Fahrenheit to Celsius', factor: 5 / 9, offset: -160 / 9 },
  { words: 'Celsius to Fahrenheit', factor: 9 / 5, offset: 32 },
  { words: 'Celsius to kelvins', factor: 1, offset: 273.15 },
  { words: 'kelvins to Celsius', factor: 1, offset: -273.15 },
];

export interface FoundUnitChange {
  readonly change: UnitChange;
  /** Distance of the window to the reference, 0..1. */
  readonly distance: number;
  /** The same, with the change taken back. */
  readonly undone: number;
}

/** As far away must a window be before a change of units is looked for. */
const leastDistance = 0.5;
/** A large factor explains a distance that is halved without it, for no season multiplies by five. */
const largeFactor = 5;
const largeLeaves = 0.5;
/** A small one has to explain all of it: a warm month may lie near a multiple of a cold one. */
const smallLeaves = 0.15;

/**
 * A change of units explains a distance where the values, with the change taken back, lie where the reference's lie.
 *
 * @param values of the window, without nulls
 * @param distance KS distance (0..1) of values to the reference
 * @param limit how far the reference's own windows come, 0..1
 * @param hadMoved whether the column had moved in the window before: what wanders, or has been on its way, lies near a
 *   small multiple of where it was at some time
 * @returns the change that leaves the least distance, null where none explains it
 */
export function findUnitChange(
  values: Float64Array,
  distance: (values: Float64Array) => number,
  { limit, hadMoved }: { readonly limit: number; readonly hadMoved: boolean },
): FoundUnitChange | null {
  const away = distance(values);
  if (away < leastDistance) return null;
  let best: FoundUnitChange | null = null;
  const mayBeSmall = !hadMoved && away >= limit + (1 - limit) / 2;
  for (const change of unitChanges.filter((one) => isLarge(one) || mayBeSmall)) {
    const undone = distance(values.map((value) => (value - change.offset) / change.factor));
    if (undone <= mostLeft(change, away) && (best === null || undone < best.undone))
      best = { change, distance: away, undone };
  }
  return best;
}

function isLarge({ factor }: UnitChange): boolean {
  return Math.abs(Math.log(factor)) >= Math.log(largeFactor);
}

function mostLeft(change: UnitChange, away: number): number {
  return isLarge(change) ? away * largeLeaves : smallLeaves;
}
