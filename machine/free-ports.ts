import { createServer } from 'node:net';
import { RatchetError } from '../domain/errors/ratchet-error.js';

/** SeaweedFS opens a second port this far above each of its own. */
export const twinDistance = 10_000;

/**
 * Ports are looked for below the range that the kernel hands out to outgoing connections (from 32768), so that a
 * remembered port is seldom taken at the next start; with a twin, both lie there.
 */
const lowest = 20_100;
const highest = 32_700;
const highestWithTwin = highest - twinDistance;

export interface PortWish {
  readonly name: string;
  /** The port of last time, kept if it is free. */
  readonly remembered?: number | undefined;
  readonly twin: boolean;
}

/** Free ports for all wishes, none of `not`. `seed` spreads stacks over the range. Error: `PART_UNAVAILABLE` where none is free. */
export async function pickPorts(
  wishes: readonly PortWish[],
  seed: number,
  not: ReadonlySet<number> = new Set(),
): Promise<Readonly<Record<string, number>>> {
  const taken = new Set(not);
  const picked: Record<string, number> = {};
  for (const wish of wishes) {
    const port = await pickPort(wish, seed, taken);
    taken.add(port);
    if (wish.twin) taken.add(port + twinDistance);
    picked[wish.name] = port;
  }
  return picked;
}

async function pickPort(wish: PortWish, seed: number, taken: ReadonlySet<number>): Promise<number> {
  const usable = async (port: number) =>
    !taken.has(port) &&
    (await isFree(port)) &&
    (!wish.twin || (!taken.has(port + twinDistance) && (await isFree(port + twinDistance))));
  if (wish.remembered !== undefined && (await usable(wish.remembered))) return wish.remembered;
  const size = (wish.twin ? highestWithTwin : highest) - lowest;
  for (let step = 0; step < size; step += 1) {
    const port = lowest + ((seed + step) % size);
    if (await usable(port)) return port;
  }
  throw new RatchetError('PART_UNAVAILABLE', `no free port for ${wish.name} from ${lowest} to ${highest}`);
}

/** Whether a loopback port can be bound. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
