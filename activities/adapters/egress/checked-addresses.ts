import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { RatchetError } from '../../../domain/errors/ratchet-error.js';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * The addresses of a host, of which not one is refused: who mixes an open one with one that is not has something in mind.
 * An address instead of a name is checked as it stands.
 */
export async function checkedAddresses(
  hostname: string,
  resolve: Resolve,
  refuse: (address: string) => RatchetError | undefined,
): Promise<readonly ResolvedAddress[]> {
  const family = isIP(hostname);
  const found = family === 0 ? await resolve(hostname) : [{ address: hostname, family }];
  for (const { address } of found) {
    const refusal = refuse(address);
    if (refusal !== undefined) throw refusal;
  }
  return found;
}

/** Gives a socket the addresses that were checked, and so no other is connected to. */
export function fixedLookup(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) callback(notFound(hostname), '', 0);
    else if (options.all === true) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
}

function notFound(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}
