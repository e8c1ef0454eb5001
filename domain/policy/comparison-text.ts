import type { Comparison } from './expression/comparison.js';

/** `0.27 is not at least 0.4: 0.13 are lacking (n 812)`. */
export function comparisonText({
  operator,
  actual,
  limit,
  outcome,
  holds,
  limitIsLeft,
  distance,
  n,
}: Comparison): string {
  const seen = limitIsLeft ? mirrored[operator] : operator;
  const words = outcome ? yes[seen] : no[seen];
  const size = n === null ? '' : ` (n ${n})`;
  return `${shown(actual)} ${words} ${shown(limit)}${distanceText(distance, outcome === holds)}${size}`;
}

function distanceText(distance: number | null, fits: boolean): string {
  if (distance === null) return '';
  if (!fits) return `: ${shown(Math.abs(distance))} lacking`;
  return `: ${shown(Math.abs(distance))} to spare`;
}

type Operator = Comparison['operator'];

const mirrored: Readonly<Record<Operator, Operator>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};
const yes: Readonly<Record<Operator, string>> = {
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
  '==': 'is',
  '!=': 'is not',
};
const no: Readonly<Record<Operator, string>> = {
  '<': 'is not below',
  '<=': 'is not at most',
  '>': 'is not above',
  '>=': 'is not at least',
  '==': 'is not',
  '!=': 'is',
};

/** Longest text that is shown. */
const longest = 60;

function shown(value: number | string | boolean): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  if (typeof value === 'boolean') return String(value);
  return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}...` : value);
}
