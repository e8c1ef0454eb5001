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
  const at = used;
  used += randomBytes;
  // The two bits that say of which kind the id is.
  pool[at] = ((pool[at] ?? 0) & 0x3f) | 0x80;
  return `${textOfMs(lastMs)}-7${hexOf[count >> 8]?.[1]}${hexOf[count & 0xff]}-${hexPair(at)}-${hexPair(at + 2)}${hexPair(at + 4)}${hexPair(at + 6)}`;
}

/** Of every byte its two digits. */
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hexPair(at: number): string {
  return `${hexOf[pool[at] ?? 0]}${hexOf[pool[at + 1] ?? 0]}`;
}

let told = { ms: -1, text: '' };

/** Many are made in one millisecond. */
function textOfMs(ms: number): string {
  if (told.ms !== ms) {
    const digits = ms.toString(16).padStart(12, '0');
    told = { ms, text: `${digits.slice(0, 8)}-${digits.slice(8)}` };
  }
  return told.text;
}
