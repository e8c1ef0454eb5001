import { percentText } from '../../percent-text.js';
import type { MinutesAndCost, ValueAgainstCost } from './value-against-cost.js';
import type { Amount } from './value-over-windows.js';

/** Value against cost of a span of time, ISO-8601. */
export interface ToldValue extends ValueAgainstCost {
  readonly unit: string;
  readonly from: string;
  readonly to: string;
}

type Words = readonly (readonly [string, string])[];

/** The two that are looked at first. */
export function valueHeadlines(told: ToldValue): Words {
  const { unit, rows, value, net } = told;
  return [
    ['value', value === null ? untold : `${amountText(value, unit)}, of ${rowsText(rows)}`],
    ['value less cost', net === null ? untold : `${numberText(net)} ${unit}`],
  ];
}

/** All of it, a line each. */
export function valueWords(told: ToldValue): Words {
  const { unit, windows, rows, value, baseline, gain, training, serving, cost, net } = told;
  const of = (amount: Amount | null) => (amount === null ? untold : amountText(amount, unit));
  const left =
    windows.leftOut === 0 ? '' : `, and ${windows.leftOut} judged without this value, which do not count`;
  return [
    ['span', `${told.from} to ${told.to}`],
    ['windows of truth', `${windows.counted}${left}`],
    ['rows', rowsText(rows)],
    ['value', of(value)],
    ['a constant answer', baseline === null ? untold : of({ ...baseline, low: null, high: null })],
    ['gain over it', of(gain)],
    ['training', `${costText(training, unit)}, ${training.runs} runs`],
    ['serving', serving === null ? anotherClock : costText(serving, unit)],
    ['cost', cost === null ? untold : `${numberText(cost)} ${unit}`],
    ['value less cost', net === null ? untold : `${numberText(net)} ${unit}`],
  ];
}

const untold = 'not told';
const anotherClock =
  'not told: rows were answered, and nothing was there by the clock, so their times are not those of the clock';

function rowsText({ answered, valued }: ToldValue['rows']): string {
  const share = answered === 0 ? '' : ` (${percentText(valued / answered)})`;
  return `${valued} rows with a truth of ${answered}${share}`;
}

function amountText({ sum, perRow, low, high }: Amount, unit: string): string {
  const interval = low === null || high === null ? '' : ` (95 %: ${numberText(low)} to ${numberText(high)})`;
  return `${numberText(sum)} ${unit}, ${numberText(perRow)} a row${interval}`;
}

function costText({ minutes, cost }: MinutesAndCost, unit: string): string {
  return `${numberText(minutes)} minutes, ${numberText(cost)} ${unit}`;
}

/** Two decimals, or three digits where those say nothing. */
function numberText(value: number): string {
  const size = Math.abs(value);
  return size === 0 || (size >= 0.1 && size < 1e15) ? value.toFixed(2) : value.toPrecision(3);
}
