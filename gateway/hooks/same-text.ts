import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that says nothing of where they differ, nor of their lengths. */
export function sameText(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected));
}

/** HMAC-SHA256 of the bytes that came, in hex of lower case. */
export function hexHmac(key: string, body: Buffer): string {
  return createHmac('sha256', key).update(body).digest('hex');
}

const digestOf = (text: string) => createHash('sha256').update(text).digest();
