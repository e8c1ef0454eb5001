import type { EstimatedMetric } from './estimated-metric.js';

/** `hits * h / (actual * a + predicted * p)` for a class. */
export interface ClassRatio {
  readonly hits: number;
  readonly actual: number;
  readonly predicted: number;
}

/**
 * The mean of a ratio over classes, with the error of the delta method: a row that is of class c and answered with k
 * moves the ratios of both.
 */
export function macroRatio(
  confusion: readonly (readonly number[])[],
  n: number,
  ratio: ClassRatio,
): EstimatedMetric {
  const perClass = confusion.map((row, of) => {
    const actual = row.reduce((sum, count) => sum + count, 0);
    const predicted = confusion.reduce((sum, other) => sum + (other[of] ?? 0), 0);
    const divisor = ratio.actual * actual + ratio.predicted * predicted;
    const value = divisor > 0 ? (ratio.hits * (row[of] ?? 0)) / divisor : 0;
    return { occurs: actual + predicted > 0, divisor, value };
  });
  const occurring = perClass.filter(({ occurs }) => occurs).length;
  const value = perClass.reduce((sum, { value: own }) => sum + own, 0) / occurring;
  let variance = 0;
  confusion.forEach((row, actual) => {
    row.forEach((count, answer) => {
      const moved = perClass.reduce((sum, { divisor, value: own }, of) => {
        if (!(divisor > 0)) return sum;
        const hit = actual === of && answer === of ? ratio.hits : 0;
        const under = (actual === of ? ratio.actual : 0) + (answer === of ? ratio.predicted : 0);
        return sum + (hit - own * under) / divisor;
      }, 0);
      variance += count * (moved / occurring) ** 2;
    });
  });
  return { kind: 'value', value, standardError: Math.sqrt(variance), n };
}
