import type { Random } from './seeded-random.js';

/**
 * The same rows in an order by chance; every order is equally likely.
 *
 * Source: Fisher and Yates, in the form of Durstenfeld (1964), from the last place to the first.
 *
 * @example shuffled([0, 1, 2], random) // [2, 0, 1]
 */
export function shuffled(rows: ArrayLike<number>, random: Random): Uint32Array {
  const order = Uint32Array.from(rows);
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const held = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = held;
  }
  return order;
}
