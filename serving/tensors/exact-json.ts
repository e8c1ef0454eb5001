import { randomUUID } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';

/**
 * A whole number of 16 to 20 digits, which a double may not hold. With more digits it is beyond every integer type; what
 * stands around a match keeps text that is not JSON from becoming it.
 */
const longNumber = /(?<![\w.+-])-?[1-9]\d{15,19}(?![\w.])/;
/** A text that does not end is taken to the end, so that no search begins again within it. */
const wholeText = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)/;
const textOrLongNumber = new RegExp(`${wholeText.source}|${longNumber.source}`, 'g');
/** Nobody outside can write a text that begins so. */
const mark = `integer ${randomUUID()} `;

/**
 * Parses JSON, and gives whole numbers beyond 2^53 as bigint, digit by digit.
 * Error: `REQUEST_INVALID` where the text is not JSON; what it holds is not repeated.
 */
export function parseExactJson(text: string): unknown {
  try {
    if (!longNumber.test(text)) return JSON.parse(text);
    const marked = text.replace(textOrLongNumber, (found) =>
      found[0] === '"' ? found : `"${mark}${found}"`,
    );
    return JSON.parse(marked, (_key, value: unknown) => unmark(value));
  } catch (error) {
    throw new RatchetError('REQUEST_INVALID', 'the body is not JSON', {}, { cause: error });
  }
}

function unmark(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  const digits = value.slice(mark.length);
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}
