import { createHash } from 'node:crypto';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { isFree, type PortWish, pickPorts } from '../machine/free-ports.js';
import { postgresPorts } from './parts/postgres.js';
import { processNames } from './parts/processes.js';
import { s3Ports } from './parts/s3-options.js';
import { temporalPorts } from './parts/temporal.js';

/** Every port that a stack may need, by name. */
export const portNames = [
  ...temporalPorts,
  ...postgresPorts,
  ...s3Ports,
  'gateway',
  'signer',
  ...processNames.flatMap((name) => [`${name}Metrics`, `${name}TemporalMetrics`]),
] as const;

/**
 * Ports for a stack: those that are configured, else those of last time where they are free, else free ones. Error:
 * `CONFLICT` where a configured one is taken.
 */
export async function stackPorts(
  stateDir: string,
  remembered: Readonly<Record<string, number>>,
  configured: Readonly<Record<string, number>>,
): Promise<Readonly<Record<string, number>>> {
  for (const [name, port] of Object.entries(configured)) {
    if (!(await isFree(port)))
      throw new RatchetError('CONFLICT', `port ${port}, configured for ${name}, is taken`);
  }
  const fixed = new Set(Object.values(configured));
  const wishes = portNames.flatMap((name): PortWish[] => {
    if (configured[name] !== undefined) return [];
    const last = remembered[name];
    const free = last !== undefined && !fixed.has(last) ? last : undefined;
    return [{ name, remembered: free, twin: (s3Ports as readonly string[]).includes(name) }];
  });
  const seed = createHash('sha256').update(stateDir).digest().readUInt16BE();
  return { ...configured, ...(await pickPorts(wishes, seed, fixed)) };
}
