import canonicalize from 'canonicalize';
import { messageOf, RatchetError } from './errors/ratchet-error.js';

/**
 * RFC 8785 text of a value: equal values have equal texts. Error: `INTERNAL` where it is not JSON (undefined, NaN, a
 * cycle, half of a surrogate pair).
 */
export function canonicalText(value: unknown): string {
  const text = attempt(value);
  if (text === undefined) throw new RatchetError('INTERNAL', 'undefined has no canonical text');
  return text;
}

function attempt(value: unknown): string | undefined {
  try {
    return canonicalize(value);
  } catch (cause) {
    throw new RatchetError(
      'INTERNAL',
      `a value without canonical text, as it is not JSON: ${messageOf(cause)}`,
      {},
      { cause },
    );
  }
}
