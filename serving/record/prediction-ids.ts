import { randomFillSync } from 'node:crypto';

const randomBytes = 8;
const pool = Buffer.alloc(512 * randomBytes);
let used = pool.length;
/** 12 bits that count up within one millisecond. */
const mostOfOneMs = 0xfff;
let lastMs = 0;
let count = 0;

/**
 * A UUID of version 7. Those of one process sort in the order in which they were made, and the time of an id is that of
 * its making (a millisecond or so later where very many are made at once).
 */
export function newPredictionId(nowMs: number): string {
  count = nowMs > lastMs ? 0 : count + 1;
  lastMs = Math.max(lastMs, nowMs);
  if (count > mostOfOneMs) {
    lastMs += 1;
    count = 0;
  }
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const high = (pool.readUInt32LE(used) & 0x3fffffff) | 0x80000000;
  const low = pool.readUInt32LE(used + 4);
  used += randomBytes;
  const ms = lastMs.toString(16).padStart(12, '0');
  const random = (high >>> 0).toString(16);
  // The last group has 48 bits: 16 of the one half and 32 of the other.
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${hex(count, 3)}-${random.slice(0, 4)}-${random.slice(4)}${hex(low, 8)}`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
