import { describe, expect, it } from 'vitest';
import { evaluateTask } from '../../../domain/metrics/evaluate.js';
import type { EvaluationInput, SplitInput } from '../../../domain/metrics/evaluation-input.js';
import { classificationSplit } from './made-rows.js';

const evaluate = (test: SplitInput, more: Partial<EvaluationInput> = {}) =>
  evaluateTask({
    task: 'classification',
    splits: { train: classificationSplit(500, 1), validation: classificationSplit(500, 2), test },
    seed: 1,
    ...more,
  });

describe('slices', () => {
  it('come column by column as given, values ascending, and together hold every row', () => {
    const test = classificationSplit(2000, 3);
    const hour = Array.from(test.label, (_, row) => (row % 2 === 0 ? 'morning' : 'evening'));
    const { slices } = evaluate({ ...test, slices: { origin: test.slices['origin'] ?? [], hour } });
    expect(slices.map(({ column, value, rows }) => [column, value, rows])).toEqual([
      ['origin', 'EWR', 1000],
      ['origin', 'JFK', 980],
      ['origin', 'XNA', 20],
      ['hour', 'evening', 1000],
      ['hour', 'morning', 1000],
    ]);
  });

  it('give the metrics of their rows alone', () => {
    const test = classificationSplit(2000, 3);
    const origin = test.slices['origin'] ?? [];
    const isJfk = (_: unknown, row: number) => origin[row] === 'JFK';
    const alone = evaluate({ label: test.label.filter(isJfk), score: test.score.filter(isJfk) });
    const jfk = evaluate(test).slices.find((slice) => slice.value === 'JFK');
    for (const name of ['accuracy', 'precision', 'recall', 'rocAuc']) {
      expect(jfk?.metrics[name], name).toEqual(alone.splits.test.metrics[name]);
    }
  });

  it('with too few rows say so instead of a number', () => {
    const xna = evaluate(classificationSplit(2000, 3)).slices.find((slice) => slice.value === 'XNA');
    expect(new Set(Object.values(xna?.metrics ?? {}).map((metric) => JSON.stringify(metric)))).toEqual(
      new Set([JSON.stringify({ kind: 'undefined', reason: 'too few: 20 rows, at least 100 are needed' })]),
    );
    const lower = evaluate(classificationSplit(2000, 3), { sliceLeast: 5 }).slices;
    expect(lower.find((slice) => slice.value === 'XNA')?.metrics['accuracy']?.kind).toBe('value');
  });

  it('with too few positive rows have no recall, and the other numbers', () => {
    const test = classificationSplit(1000, 3);
    const label = test.label.map((_, row) => (row < 60 ? 1 : 0));
    const [slice] = evaluate({ ...test, label, slices: { all: Array.from(label, () => 'x') } }).slices;
    expect(slice?.metrics['recall']).toEqual({
      kind: 'undefined',
      reason: 'too few: 60 positive rows, at least 100 are needed',
    });
    expect(slice?.metrics['logLoss']?.kind).toBe('value');
  });

  it('of a column that names each row are cut to the 200 largest, and that is said', () => {
    const test = classificationSplit(1000, 3);
    const flight = Array.from(test.label, (_, row) => (row < 700 ? `f${row}` : 'many'));
    const { slices, findings } = evaluate({ ...test, slices: { flight } });
    expect(slices).toHaveLength(200);
    expect(slices.some((slice) => slice.value === 'many')).toBe(true);
    expect(findings).toContainEqual({
      kind: 'slices-left-out',
      text: 'flight has 701 values on test; only its 200 largest slices are judged',
      numbers: { values: 701, judged: 200 },
    });
  });
});
