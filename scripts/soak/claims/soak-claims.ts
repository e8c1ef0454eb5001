import { percentText } from '../../../domain/percent-text.js';
import { wilsonInterval } from '../../../domain/stats/wilson-interval.js';
import { columnStream } from './column-stream.js';
import { falseAlarms } from './false-alarms.js';
import { learnedProfile } from './learned-profile.js';
import { type Power, powerOf } from './power.js';

/** References a kind: limits that a hundred windows taught are luck too. */
const references = 5;
const windowsEach = 200;
/** Of them so many are also looked at with all columns together, which takes most of the time. */
const togetherEach = 40;
const triesEach = { 0.1: 20, 0.15: 20, 0.2: 20, 0.3: 200 } as const;
const shifts = [0.1, 0.15, 0.2, 0.3] as const;

const mostAlarms = 0.05;
const leastFound = 0.99;
const claimedShift = 0.3;

const kinds = [
  { phi: 0, rows: 500 },
  { phi: 0, rows: 2000 },
  { phi: 0.5, rows: 500 },
  { phi: 0.5, rows: 2000 },
] as const;
type Kind = (typeof kinds)[number];
const others = { multivariate: 'mmd', outliers: 'mahalanobis' } as const;

/** Measures how often windows of 20 columns alarm and find, and prints it. True where what is promised holds. */
export function soakClaims(seeds: readonly number[]): boolean {
  const held = seeds.flatMap((seed) =>
    kinds.map((kind) => {
      console.log(
        `seed ${seed}, windows of ${kind.rows} rows, ${kind.phi === 0 ? 'independent' : `AR(1) ${kind.phi}`}`,
      );
      return measure(seed, kind);
    }),
  );
  const broken = held.filter((holds) => !holds).length;
  console.log(`${held.length} kinds of windows: ${broken} broke a promise`);
  return broken === 0;
}

function measure(seed: number, kind: Kind): boolean {
  const places = Array.from({ length: references }, (_, at) => {
    const next = columnStream(1000 * seed + 10 * kind.rows + at, kind.phi);
    return { next, profile: learnedProfile(next, kind.rows) };
  });
  const clean = places.map(({ profile, next }) =>
    falseAlarms(profile, next, { rows: kind.rows, windows: windowsEach, together: togetherEach }),
  );
  const sum = (of: (one: (typeof clean)[number]) => number) =>
    clean.reduce((total, one) => total + of(one), 0);
  const windows = sum((one) => one.windows);
  const alarms = sum((one) => one.alarms);
  console.log(`  clean: ${shareText(alarms, windows)} of the windows alarm after persistence`);
  console.log(
    `    of columns ${sum((one) => one.ofColumns)}, and in ${sum((one) => one.unconfirmed)} windows one failed by itself; all together looked at ${references * togetherEach} of them`,
  );
  console.log(`  by ${others.multivariate} and ${others.outliers}: ${alarmsOfOthers(seed, kind)}`);
  const found = shifts.map((shift) => {
    const tries = triesEach[shift];
    const powers = places.map(({ profile, next }) =>
      powerOf(profile, next, { rows: kind.rows, shift, tries }),
    );
    return { shift, ...added(powers) };
  });
  for (const { shift, found: times, tries, passed } of found)
    console.log(
      `  three columns moved by ${shift}: all found within three windows in ${shareText(times, tries)}; windows of them that passed: ${passed.pValue} by p, ${passed.limit} by their limit`,
    );
  const claimed = found.find(({ shift }) => shift === claimedShift);
  const isFound = claimed !== undefined && claimed.found / claimed.tries >= leastFound;
  // Rows that hang together tell less: of them only false alarms are promised.
  return alarms / windows <= mostAlarms && (isFound || kind.phi > 0);
}

/** With what else can be chosen to look at all columns together. */
function alarmsOfOthers(seed: number, { phi, rows }: Kind): string {
  const alarms = Array.from({ length: references }, (_, at) => {
    const next = columnStream(1000 * seed + 10 * rows + at, phi);
    const profile = learnedProfile(next, rows, others);
    return falseAlarms(profile, next, { rows, windows: togetherEach, together: togetherEach }).alarms;
  });
  return shareText(
    alarms.reduce((sum, one) => sum + one, 0),
    references * togetherEach,
  );
}

function added(powers: readonly Power[]): Power {
  const total = (of: (one: Power) => number) => powers.reduce((sum, one) => sum + of(one), 0);
  return {
    tries: total(({ tries }) => tries),
    found: total(({ found }) => found),
    passed: { pValue: total(({ passed }) => passed.pValue), limit: total(({ passed }) => passed.limit) },
  };
}

function shareText(times: number, of: number): string {
  const { low, high } = wilsonInterval(times, of);
  return `${times} of ${of} (${percentText(times / of)}, 95 % between ${percentText(low)} and ${percentText(high)})`;
}
