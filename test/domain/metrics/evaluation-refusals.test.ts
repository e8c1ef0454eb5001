import { expect, it } from 'vitest';
import { evaluateTask } from '../../../domain/metrics/evaluate.js';
import type { EvaluationTask } from '../../../domain/metrics/evaluation.js';
import type { SplitInput } from '../../../domain/metrics/evaluation-input.js';

const numbers = (...values: number[]) => Float64Array.from(values);
const fine: Record<EvaluationTask, SplitInput> = {
  classification: { label: numbers(0, 1), score: numbers(0.2, 0.7) },
  multiclass: { label: numbers(0, 1), probabilities: numbers(0.8, 0.2, 0.3, 0.7) },
  regression: { label: numbers(3, 4), score: numbers(3, 5) },
  anomaly: { score: numbers(1, 2) },
  clustering: { assigned: Int32Array.of(0, 1) },
};

it.each<[EvaluationTask, SplitInput, string, string]>([
  ['classification', { score: numbers(0.2) }, 'MODEL_INTERFACE', 'test has no label, which its task needs'],
  ['classification', { label: numbers(1) }, 'MODEL_INTERFACE', 'test has no score, which its task needs'],
  [
    'classification',
    { label: numbers(1, 0), score: numbers(0.2) },
    'MODEL_INTERFACE',
    'label of test has 2 values for 1 rows',
  ],
  [
    'classification',
    { label: numbers(1, 0), score: numbers(0.2, Number.NaN) },
    'MODEL_RUN',
    'score of test is NaN at place 1 (1 such of 2); every answer must be a finite number',
  ],
  [
    'classification',
    { label: numbers(1, 0), score: numbers(0.2, 1.5) },
    'MODEL_INTERFACE',
    'score of test is 1.5 at place 1 (1 such of 2); a probability lies within 0..1',
  ],
  [
    'classification',
    { label: numbers(1, 2), score: numbers(0.2, 0.5) },
    'DATA_TYPE',
    'label of test is 2 at place 1 (1 such of 2); a label is 0, 1 or missing',
  ],
  [
    'classification',
    { label: numbers(1, 0), score: numbers(0.2, 0.5), block: ['a'] },
    'MODEL_INTERFACE',
    'block of test has 1 values for 2 rows',
  ],
  [
    'classification',
    { label: numbers(1, 0), score: numbers(0.2, 0.5), slices: { origin: ['a'] } },
    'MODEL_INTERFACE',
    'slice origin of test has 1 values for 2 rows',
  ],
  [
    'regression',
    { label: numbers(1, 0), score: numbers(Number.POSITIVE_INFINITY, 0) },
    'MODEL_RUN',
    'score of test is Infinity at place 0',
  ],
  [
    'regression',
    { label: numbers(Number.NEGATIVE_INFINITY, 0), score: numbers(0, 0) },
    'DATA_TYPE',
    'label of test is -Infinity at place 0 (1 such of 2); a label is a finite number or missing',
  ],
  [
    'multiclass',
    { label: numbers(0, 1.5), assigned: Int32Array.of(0, 1) },
    'DATA_TYPE',
    'label of test is 1.5 at place 1',
  ],
  ['multiclass', { label: numbers(0, 1) }, 'MODEL_INTERFACE', 'test has no assigned, which its task needs'],
  [
    'multiclass',
    { label: numbers(0, 1), assigned: Int32Array.of(0, -1) },
    'MODEL_INTERFACE',
    'assigned of test is -1 at place 1',
  ],
  [
    'multiclass',
    { label: numbers(0, 1), probabilities: numbers(0.5, 0.5, 1) },
    'MODEL_INTERFACE',
    'probabilities of test has 3 values for 2 rows',
  ],
  [
    'anomaly',
    { score: numbers(1, 2), assigned: Int32Array.of(-1, 1) },
    'MODEL_INTERFACE',
    'assigned of test is -1 at place 0 (1 such of 2); an anomaly is 1, anything else 0',
  ],
  ['anomaly', { assigned: Int32Array.of(0) }, 'MODEL_INTERFACE', 'test has no score, which its task needs'],
  [
    'clustering',
    { features: numbers(1, 2) },
    'MODEL_INTERFACE',
    'test has no assigned, which its task needs',
  ],
  [
    'clustering',
    { assigned: Int32Array.of(0, 1), features: numbers(1, 2, 3) },
    'MODEL_INTERFACE',
    'features of test has 3 values for 2 rows',
  ],
])('%s refuses %j', (task, test, code, message) => {
  const evaluate = () =>
    evaluateTask({ task, splits: { train: fine[task], validation: fine[task], test }, seed: 1 });
  expect(evaluate).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
});
