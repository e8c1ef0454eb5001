import type { LookupFunction } from 'node:net';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { addressKind } from '../egress/address-kind.js';
import { checkedAddresses, fixedLookup, resolveBySystem } from '../egress/checked-addresses.js';

/** Refuses the endpoint of a source for an address that it leads to; undefined for one of the public internet. */
export function notPublic(host: string, address: string): RatchetError | undefined {
  if (addressKind(address) === 'public') return undefined;
  return new RatchetError(
    'SOURCE_REFUSED',
    `the endpoint ${host} leads to a private address; a source in a repository may only be public, or the platform's own endpoint`,
  );
}

/** Resolves a name for a connection and refuses it if any of its addresses is not public: what is checked is connected to. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  checkedAddresses(hostname, resolveBySystem, (address) => notPublic(hostname, address)).then(
    (addresses) => fixedLookup(addresses)(hostname, options, callback),
    (error: NodeJS.ErrnoException) => callback(error, '', 0),
  );
};
