import { randomBytes } from 'node:crypto';

/** Milliseconds since 1970 and 12 bits that count up within one. */
let last = 0n;

/** A UUID of version 7 (RFC 9562, 5.7). Those of one process sort as text in the order in which they were made. */
export function orderedId(): string {
  const now = BigInt(Date.now()) << 12n;
  last = now > last ? now : last + 1n;
  const head = last.toString(16).padStart(15, '0');
  const tail = ((randomBytes(8).readBigUInt64BE() >> 2n) | (1n << 63n)).toString(16);
  return `${head.slice(0, 8)}-${head.slice(8, 12)}-7${head.slice(12)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
