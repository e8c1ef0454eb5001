import { isIP } from 'node:net';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { addressKind, familyOf, networks } from './address-kind.js';

/** The settings: hosts, addresses and networks that may be private, and ports of all others. */
export interface EgressSettings {
  readonly allow: readonly string[];
  readonly ports: readonly number[];
}

export interface EgressRules {
  readonly ports: readonly number[];
  /** Whether the settings list a host, by its name or its address, so that it is asked neither for TLS nor for its port. */
  isListed(host: string): boolean;
  /** Why a host is not called at an address; undefined where it may be. */
  refusal(host: string, address: string): RatchetError | undefined;
}

export function createEgressRules({ allow, ports }: EgressSettings): EgressRules {
  const listed = networks(...allow.filter((place) => isIP(place.split('/')[0] ?? '') !== 0));
  const names = new Set(allow.map(bareName));
  const inNetwork = (address: string) => isIP(address) !== 0 && listed.check(address, familyOf(address));
  const mayReach = (host: string, address: string) => {
    const kind = addressKind(address);
    return kind === 'public' || inNetwork(address) || (kind === 'private' && names.has(bareName(host)));
  };
  return {
    ports,
    isListed: (host) => names.has(bareName(host)) || inNetwork(host),
    refusal: (host, address) =>
      mayReach(host, address)
        ? undefined
        : new RatchetError(
            'EGRESS_REFUSED',
            `the host ${host} leads to an address that is not public; an administrator may name it in RATCHET_EGRESS_ALLOW`,
          ),
  };
}

const bareName = (host: string) => host.toLowerCase().replace(/\.$/, '');
