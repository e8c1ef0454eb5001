import type { Watermark } from '../ports/watermarks.js';

const whole = /^-?\d+$/;
const decimal = /^-?\d+(?:\.\d+)?$/;

type Position = Pick<Watermark, 'value' | 'inLateness'>;

/** Whether `a` took in more than `b`. Late rows leave the value where it is. */
export function isFurther(a: Position, b: Position): boolean {
  return (compareWatermarks(a.value, b.value) || a.inLateness - b.inLateness) > 0;
}

/**
 * Below zero where `a` comes before `b`, above it where it comes after. Numbers go by their value; anything else as
 * text, which is right for times of one form and for names of objects.
 */
export function compareWatermarks(a: string, b: string): number {
  if (whole.test(a) && whole.test(b)) return sign(BigInt(a), BigInt(b));
  if (decimal.test(a) && decimal.test(b)) return sign(Number(a), Number(b));
  return sign(a, b);
}

function sign<T extends bigint | number | string>(a: T, b: T): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
