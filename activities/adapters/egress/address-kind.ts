import { BlockList, isIP } from 'node:net';

/**
 * What an address is: `public` on the internet; `private`, of a network or a host of one's own; or `closed`, which leads
 * to no service that anybody would offer: addresses of the link and of metadata services, groups, examples, and ways to
 * write another address.
 */
export type AddressKind = 'public' | 'private' | 'closed';

const closed4 = networks(
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Metadata services outside of the link: Alibaba, Azure.
  '100.100.100.200/32',
  '168.63.129.16/32',
);
const private4 = networks('10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16');

/** The only part of version 6 that is given out to be reached. */
const global6 = networks('2000::/3');
const closed6 = networks(
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  // The metadata service of AWS.
  'fd00:ec2::254/128',
);
const private6 = networks('::1/128', 'fc00::/7');
const mapped4 = networks('::ffff:0:0/96');

/** Addresses of version 4 inside version 6 count as what they hold; what is no address is closed. */
export function addressKind(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return 'closed';
  if (version === 4 || mapped4.check(address, 'ipv6')) {
    return kindIn(address, version, { closed: closed4, private: private4 }) ?? 'public';
  }
  const found = kindIn(address, version, { closed: closed6, private: private6 });
  return found ?? (global6.check(address, 'ipv6') ? 'public' : 'closed');
}

/** Networks as one list, each as `address` or `address/prefix`. */
export function networks(...list: readonly string[]): BlockList {
  const found = new BlockList();
  for (const text of list) {
    const [address = '', prefix] = text.split('/');
    const isV6 = isIP(address) === 6;
    found.addSubnet(address, Number(prefix ?? (isV6 ? 128 : 32)), familyOf(address));
  }
  return found;
}

export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function kindIn(
  address: string,
  version: number,
  lists: Readonly<Record<'closed' | 'private', BlockList>>,
): 'closed' | 'private' | undefined {
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (lists.closed.check(address, family)) return 'closed';
  return lists.private.check(address, family) ? 'private' : undefined;
}
