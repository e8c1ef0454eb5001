import { describe, expect, it } from 'vitest';
import { evaluateInThread } from '../../../activities/evaluation/evaluate-in-thread.js';
import type { EvaluationInput } from '../../../domain/metrics/evaluation-input.js';

const split = { score: Float64Array.of(1, 2, 4), label: Float64Array.of(1, 2, 3), slices: {} };
const input: EvaluationInput = {
  task: 'regression',
  splits: { train: split, validation: split, test: split },
  sliceLeast: 1,
  seed: 0,
};
const never = new AbortController().signal;

describe('an evaluation in a thread', () => {
  it('answers one after the other, and several at the same time', async () => {
    const first = await evaluateInThread(input, never);
    expect(await evaluateInThread(input, never)).toEqual(first);
    expect(await Promise.all([1, 2, 3].map(() => evaluateInThread(input, never)))).toEqual([
      first,
      first,
      first,
    ]);
    expect(await evaluateInThread(input, never)).toEqual(first);
  });

  it('ends with the reason of the abort, and the next one answers', async () => {
    const stopped = new AbortController();
    const asked = evaluateInThread(input, stopped.signal);
    stopped.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(await evaluateInThread(input, never)).toMatchObject({ splits: {} });
  });

  it('refuses what cannot be measured, in the words of the metrics', async () => {
    const short = { ...split, label: Float64Array.of(1) };
    const asked = evaluateInThread({ ...input, splits: { ...input.splits, train: short } }, never);
    await expect(asked).rejects.toMatchObject({ code: 'METRIC_UNDEFINED' });
  });

  it('tells a defect of the metrics as a defect, not as a refusal of the model', async () => {
    const broken = { ...input, splits: { ...input.splits, train: undefined as never } };
    const asked = evaluateInThread(broken, never);
    await expect(asked).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('TypeError'),
    });
  });
});
