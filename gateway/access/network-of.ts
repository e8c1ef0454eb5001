import { isIPv6 } from 'node:net';

/**
 * Where an address belongs, for counting: whoever has one IPv6 address has its whole /64, and could send every request
 * from another. An IPv4 address that is written as IPv6 is the IPv4 address; anything else stays as it is.
 */
export function networkOf(address: string): string {
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address;
  const groups = groupsOf(plain);
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Eight numbers, of any spelling. */
function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address}]`);
  const [before = '', after] = hostname.slice(1, -1).split('::');
  const read = (part: string | undefined) =>
    part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [];
  const [left, right] = [read(before), read(after)];
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}
