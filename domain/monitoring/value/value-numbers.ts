import type { RealisedValue } from './realised-value.js';
import { intervalOfMean, type Spread } from './spread.js';

type Numbers = Readonly<Record<string, number>>;

/** What a window keeps of it: enough to draw it, to add it up, and to know by what it was reckoned. */
export function valueNumbers({ by, answers, gain }: RealisedValue): Numbers {
  const { rows, sum, deviation } = answers;
  const kept = { ...declaredNumbers(by), 'value:rows': rows };
  if (rows === 0) return kept;
  const interval = intervalOfMean(answers);
  return {
    ...kept,
    ...{ 'value:sum': sum, 'value:deviation': deviation, 'value:perRow': sum / rows },
    ...(interval && { 'low:value:perRow': interval.low, 'high:value:perRow': interval.high }),
    ...{ 'value:gain': gain.sum, 'value:gainDeviation': gain.deviation },
    'value:baseline': (sum - gain.sum) / rows,
  };
}

/** Null where the window was judged without this declaration, or by another one. */
export function valueOfNumbers(
  numbers: Numbers,
  by: RealisedValue['by'],
): { readonly answers: Spread; readonly gain: Spread } | null {
  const declared = Object.entries(declaredNumbers(by));
  const isOfIt = declared.every(([name, value]) => numbers[name] === value);
  if (!isOfIt) return null;
  const rows = numbers['value:rows'] ?? 0;
  const spread = (sum: string, deviation: string): Spread => ({
    rows,
    sum: numbers[sum] ?? 0,
    deviation: numbers[deviation] ?? 0,
  });
  return {
    answers: spread('value:sum', 'value:deviation'),
    gain: spread('value:gain', 'value:gainDeviation'),
  };
}

/** Numbers of different declarations must not be added up. */
function declaredNumbers({ unit, outcomes, answers }: RealisedValue['by']): Record<string, number> {
  const worths = Object.entries({ ...outcomes, ...answers });
  return Object.fromEntries([
    [`value:unit:${unit}`, 1],
    ...worths.map(([name, worth]) => [`value:worth:${name}`, worth]),
  ]);
}
