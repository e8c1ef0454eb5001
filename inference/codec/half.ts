const signBit = 0x8000;
const infinityBits = 0x7c00;
const nanBits = 0x7e00;
const fractionBits = 10;
const bias = 15;
const smallestExponent = -14;

/** The number that 16 bits of IEEE 754 binary16 stand for. */
export function halfValue(bits: number): number {
  const sign = bits & signBit ? -1 : 1;
  const exponent = (bits >> fractionBits) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (smallestExponent - fractionBits);
  return sign * (1 + fraction / 1024) * 2 ** (exponent - bias);
}

/** The nearest binary16 to a number, the even one of two; what is too large is infinity. */
export function halfBits(value: number): number {
  if (Number.isNaN(value)) return nanBits;
  const sign = value < 0 || Object.is(value, -0) ? signBit : 0;
  const size = Math.abs(value);
  if (size >= 65_520) return sign | infinityBits;
  const exponent = Math.max(exponentOf(size), smallestExponent);
  const fraction = roundToEven(size / 2 ** (exponent - fractionBits));
  // A fraction that was rounded up to the next power of two carries into the exponent; one below 1024 is subnormal.
  return sign | (((exponent + bias - 1) << fractionBits) + fraction);
}

/** Of the power of two that is not above it. */
function exponentOf(size: number): number {
  if (size === 0) return smallestExponent;
  const exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) return exponent - 1;
  return 2 ** (exponent + 1) <= size ? exponent + 1 : exponent;
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const over = value - floor;
  if (over !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
