import type { Random } from './seeded-random.js';

/** The next number of a standard normal distribution; takes two of the stream. Source: Box and Muller, 1958. */
export const normalDraw = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
