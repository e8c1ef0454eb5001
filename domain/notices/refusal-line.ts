import type { Refusal } from '../ports/runs.js';

const number = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;

/** A refusal with the number, the limit, and how far it is from passing. */
export function refusalLine({ what, rule, actual, limit }: Refusal): string {
  const distance = distanceToPass(actual, limit);
  const lacking = distance === null ? '' : `, ${distance} lacking`;
  return `${what}, ${rule}: ${actual}${lacking}; allowed is ${limit}`;
}

/** Null where the texts are not about one number each, or tell the distance themselves. */
function distanceToPass(actual: string, limit: string): string | null {
  const value = /^\s*-?[\d.]+(?:e[-+]?\d+)?\s*$/i.test(actual) ? Number(actual) : Number.NaN;
  const [bound, ...more] = limit.match(number) ?? [];
  if (bound === undefined || more.length > 0 || !Number.isFinite(value)) return null;
  return String(Number(Math.abs(value - Number(bound)).toPrecision(4)));
}
