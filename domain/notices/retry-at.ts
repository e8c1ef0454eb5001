const secondMs = 1000;
const firstMs = 10 * secondMs;
const longestMs = 6 * 60 * 60 * secondMs;
const growth = 3;
/** Of them the last begins at least 3 days after the first: 3 hours of growing pauses, then 12 of 6 hours each. */
const mostAttempts = 20;
/** Pauses are longer by up to this share, so that what failed together does not come back together. */
const jitter = 0.2;

/**
 * When a letter is tried again after `attempts` tries, the first being 1, in milliseconds since 1970; null where it has
 * been tried for more than 3 days and is given up. A receiver that asks for more time is given it, up to 6 hours.
 */
export function retryAt(
  letter: string,
  attempts: number,
  nowMs: number,
  retryAfterMs: number | null = null,
): number | null {
  if (attempts >= mostAttempts) return null;
  const pauseMs = Math.min(longestMs, firstMs * growth ** (attempts - 1));
  const ownMs = pauseMs * (1 + jitter * shareOf(`${letter}:${attempts}`));
  return Math.ceil(nowMs + Math.max(ownMs, Math.min(retryAfterMs ?? 0, longestMs)));
}

/** A number from 0 to below 1 that a text always has: FNV-1a in 32 bits. */
function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash / 2 ** 32;
}
