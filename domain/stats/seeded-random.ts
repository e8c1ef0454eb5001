/** Gives the next number of a stream, in [0, 1). Functions that need chance take one as an argument. */
export type Random = () => number;

/**
 * A stream of pseudo-random numbers that is the same for the same seed, everywhere. Good for resampling; useless
 * for secrets. `seed` is any integer (its low 32 bits count); streams of neighbouring seeds are unrelated.
 *
 * Source: sfc32 of PractRand (Chris Doty-Humphrey), seeded through splitmix32 and warmed up for 12 rounds.
 *
 * @example
 * const random = seededRandom(7);
 * random() === seededRandom(7)(); // true
 */
export function seededRandom(seed: number): Random {
  const next = splitmix32(seed);
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const random = (): number => {
    const mixed = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return (mixed >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) random();
  return random;
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
