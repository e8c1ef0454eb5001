import { describe, expect, it } from 'vitest';
import { valueSchema } from '../../../../domain/config/value.js';
import { realisedValue } from '../../../../domain/monitoring/value/realised-value.js';
import { valueNumbers, valueOfNumbers } from '../../../../domain/monitoring/value/value-numbers.js';

const ofOutcomes = valueSchema.parse({
  unit: 'EUR',
  outcomes: { rightAlarm: 40, falseAlarm: -5, missed: -60, rightSilence: 1 },
});
const ofAnswers = valueSchema.parse({ unit: 'EUR', answers: { each: 2, perUnitOfError: -0.5 } });
const none = Number.NaN;
const rows = (labels: number[], scores: number[], threshold = 0.5) => ({
  labels: Float64Array.from(labels),
  scores: Float64Array.from(scores),
  threshold,
});

describe('the value of a classification', () => {
  it('adds up what became of each row, and holds it against the better constant answer', () => {
    // Right alarm, false alarm, missed, right silence, right silence.
    const found = realisedValue('classification', ofOutcomes, rows([1, 0, 1, 0, 0], [0.9, 0.5, 0.1, 0.2, 0]));
    // 40 - 5 - 60 + 1 + 1 = -23; always 1: 2 x 40 - 3 x 5 = 65; always 0: -2 x 60 + 3 = -117.
    expect(found).toMatchObject({ constant: 1, answers: { rows: 5, sum: -23 }, gain: { rows: 5, sum: -88 } });
    // Gaps to -4.6: 44.6, -0.4, -55.4, 5.6, 5.6; squares 5121.2 over 4.
    expect(found?.answers.deviation).toBeCloseTo(Math.sqrt(5121.2 / 4), 10);
    // Row by row less always 1: 0, 0, -100, 6, 6, about -17.6.
    expect(found?.gain.deviation).toBeCloseTo(Math.sqrt((10_072 - 88 ** 2 / 5) / 4), 10);
  });

  it('answers 1 from the threshold of the version on', () => {
    const sumAt = (threshold: number) =>
      realisedValue('classification', ofOutcomes, rows([1, 0], [0.3, 0.2], threshold))?.answers.sum;
    expect([sumAt(0.3), sumAt(0.31), sumAt(0.2)]).toEqual([41, -59, 35]);
  });

  it('says nothing of rows without a truth or an answer, or whose truth is no class', () => {
    const labels = [1, none, 1, 0.5, 1];
    const found = realisedValue('classification', ofOutcomes, rows(labels, [0.9, 0.9, none, 0.9, 1.5]));
    expect(found?.answers).toEqual({ rows: 1, sum: 40, deviation: 0 });
    const unknown = realisedValue('classification', ofOutcomes, rows([none], [0.9]));
    expect(unknown).toMatchObject({ constant: null, answers: { rows: 0, sum: 0, deviation: 0 } });
    expect(realisedValue('classification', ofOutcomes, rows([], []))?.answers.rows).toBe(0);
  });
});

describe('the value of a regression', () => {
  it('takes off for every unit of error, and holds it against the median', () => {
    const found = realisedValue('regression', ofAnswers, rows([1, 2, 10], [1, 4, 4]));
    // Errors 0, 2, 6; those of the median 2 are 1, 0, 8.
    expect(found).toMatchObject({ constant: 2, answers: { rows: 3, sum: 2 }, gain: { sum: 0.5 } });
  });

  it('says nothing where a truth is so large that no number holds what the answer is worth', () => {
    expect(realisedValue('regression', ofAnswers, rows([1e308, 2], [-1e308, 2]))).toBeNull();
    expect(realisedValue('regression', ofAnswers, rows([1e300, 2], [1, 2]))).toBeNull();
  });
});

describe('the value of a task', () => {
  it('is not told where it is not declared what a row of it is worth', () => {
    expect(realisedValue('classification', ofAnswers, rows([1], [1]))).toBeNull();
    expect(realisedValue('regression', ofOutcomes, rows([1], [1]))).toBeNull();
    expect(realisedValue('clustering', ofAnswers, rows([1], [1]))).toBeNull();
  });
});

describe('the numbers of a window', () => {
  const labels = Array.from({ length: 40 }, (_, at) => Number(at % 4 === 0));
  const found = realisedValue('classification', ofOutcomes, rows(labels, labels));

  it('hold the value of a row with its interval and the baseline, and give back what is added up', () => {
    const numbers = found === null ? {} : valueNumbers(found);
    // 10 right alarms and 30 right silences; always 1 is worth 10 x 40 - 30 x 5.
    expect(numbers).toMatchObject({ 'value:rows': 40, 'value:sum': 430, 'value:perRow': 10.75 });
    expect(numbers).toMatchObject({ 'value:baseline': 6.25, 'value:gain': 180 });
    const half = (1.959963984540054 * Math.sqrt((10 * 29.25 ** 2 + 30 * 9.75 ** 2) / 39)) / Math.sqrt(40);
    expect(numbers['low:value:perRow']).toBeCloseTo(10.75 - half, 10);
    expect(numbers['high:value:perRow']).toBeCloseTo(10.75 + half, 10);
    const { costs: _, ...by } = ofOutcomes;
    expect(valueOfNumbers(numbers, by)).toEqual({ answers: found?.answers, gain: found?.gain });
  });

  it('are of one declaration: of another unit or another worth they give nothing back', () => {
    const numbers = found === null ? {} : valueNumbers(found);
    const { costs: _, ...by } = ofOutcomes;
    const dearer = { ...by, outcomes: { rightAlarm: 41, falseAlarm: -5, missed: -60, rightSilence: 1 } };
    for (const other of [{ ...by, unit: 'USD' }, dearer, { unit: 'EUR', answers: ofAnswers.answers }])
      expect(valueOfNumbers(numbers, other)).toBeNull();
    expect(valueOfNumbers({ labelled: 40 }, by)).toBeNull();
  });

  it('have no interval for fewer than 30 rows, and no value without any', () => {
    const few = realisedValue('classification', ofOutcomes, rows(labels.slice(0, 29), labels.slice(0, 29)));
    expect(Object.keys(few === null ? {} : valueNumbers(few))).not.toContain('low:value:perRow');
    const empty = realisedValue('classification', ofOutcomes, rows([], []));
    const names = Object.keys(empty === null ? {} : valueNumbers(empty)).filter(
      (name) => !/^value:(worth|unit):/.test(name),
    );
    expect(names).toEqual(['value:rows']);
  });
});
