import { describe, expect, it } from 'vitest';
import type { AnsweredTensor } from '../../../activities/serving/ask-infer.js';
import { compareAnswers } from '../../../activities/serving/compare-answers.js';
import type { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';

const probability: TensorValue = {
  ...{ name: 'probability', type: 'float32', dims: [3, 1] },
  data: Float32Array.of(0.25, 0.5, 0.75),
};
const label: TensorValue = { name: 'label', type: 'int64', dims: [3], data: BigInt64Array.of(0n, 1n, 1n) };
const word: TensorValue = { name: 'word', type: 'string', dims: [3], data: ['a', 'b', 'ü'] };
const own = new Map([probability, label, word].map((tensor) => [tensor.name, tensor]));

const datatypes = { float32: 'FP32', int64: 'INT64', string: 'BYTES' } as Record<string, string>;

/** What an endpoint that does well answers. */
function answered({ name, type, dims, data }: TensorValue): AnsweredTensor {
  const content = Array.isArray(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { name, datatype: datatypes[type] ?? type, shape: dims, content };
}

const theirs = (...changed: readonly TensorValue[]) =>
  [...own.values()].map((tensor) => answered(changed.find(({ name }) => name === tensor.name) ?? tensor));

function refusal(answers: readonly AnsweredTensor[]) {
  try {
    return compareAnswers(own, answers, 3);
  } catch (error) {
    const { code, message, details } = error as RatchetError;
    return { code, message, refusals: details['refusals'] };
  }
}

describe('the answers of an endpoint', () => {
  it('that are the same are told with how many rows there were', () => {
    expect(compareAnswers(own, theirs(), 3)).toBe(
      '3 rows answered as by the platform itself, the largest difference is 0.0e+0',
    );
  });

  it('may differ by what a batch of another shape brings about, and not by more', () => {
    const close = { ...probability, data: Float32Array.of(0.25 + 5e-7, 0.5, 0.75) };
    expect(compareAnswers(own, theirs(close), 3)).toMatch(/difference is 4\.\de-7|difference is 5\.\de-7/);
    const far = { ...probability, data: Float32Array.of(0.25, 0.5, 0.751) };
    expect(refusal(theirs(far))).toMatchObject({
      code: 'ANSWERS_DIFFER',
      refusals: [
        {
          what: 'output probability',
          actual: expect.stringMatching(/^1 of 3 values differ, value 2 is 0\.75\d* instead of 0\.75$/),
          limit: 'within 0.000001',
        },
      ],
    });
  });

  it.each([
    ['another label', { ...label, data: BigInt64Array.of(0n, 1n, 0n) }, 'value 2 is 0 instead of 1'],
    ['another word', { ...word, data: ['a', 'b', 'u'] }, 'value 2 is u instead of ü'],
    ['no number', { ...probability, data: Float32Array.of(0.25, Number.NaN, 0.75) }, 'value 1 is nothing'],
    ['another type', { ...label, type: 'float32' } as TensorValue, 'FP32 [3]'],
    ['another shape', { ...label, dims: [3, 1] }, 'INT64 [3, 1]'],
    ['bytes that are missing', { ...label, data: BigInt64Array.of(0n, 1n) }, 'another number of bytes'],
  ])('that have %s are refused with it', (_, changed, words) => {
    expect(refusal(theirs(changed))).toMatchObject({
      code: 'ANSWERS_DIFFER',
      message: expect.stringContaining(words),
    });
  });

  it('that leave an output out are refused', () => {
    expect(refusal(theirs().slice(1))).toMatchObject({
      message: expect.stringContaining('output probability: not there'),
    });
  });
});
