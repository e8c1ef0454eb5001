import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TensorValue } from '../../../inference/codec/tensors.js';
import { elementsText, elementTexts } from '../../../serving/tensors/json-text.js';

const of = <T extends TensorValue['data']>(type: TensorValue['type'], data: fc.Arbitrary<T>) =>
  data.map((values): TensorValue => ({ name: 'y', type, dims: [values.length], data: values }));
const finite = { noDefaultInfinity: true } as const;
const tensor = fc.oneof(
  of('float32', fc.float32Array(finite)),
  of('float64', fc.float64Array(finite)),
  of('int64', fc.bigInt64Array()),
  of('bool', fc.uint8Array({ max: 1 })),
  of('string', fc.array(fc.string())),
);

test('elements as one text are the elements one by one, and read back as what they are', () => {
  fc.assert(
    fc.property(tensor, (value) => {
      const text = elementsText(value);
      expect(text).toBe(elementTexts(value).join(','));
      expect(JSON.parse(`[${text}]`)).toHaveLength(value.data.length);
    }),
  );
});

test('what is infinite is refused in either form', () => {
  const data = Float32Array.of(1, Number.NEGATIVE_INFINITY);
  for (const write of [elementsText, elementTexts]) {
    expect(() => write({ name: 'y', type: 'float32', dims: [2], data })).toThrow('output "y" is infinite');
  }
});
