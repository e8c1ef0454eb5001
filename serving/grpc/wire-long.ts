import type { WireLong } from './messages/infer.js';

/** The number that two halves make. */
export function bigintOf({ low, high, unsigned }: WireLong): bigint {
  const bits = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return unsigned ? bits : BigInt.asIntN(64, bits);
}

/** The two halves of a number. */
export function longOf(value: bigint, unsigned = false): WireLong {
  return {
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned,
  };
}
