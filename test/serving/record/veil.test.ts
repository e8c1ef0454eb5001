import { describe, expect, it } from 'vitest';
import type { OnnxInterface } from '../../../domain/onnx/model-interface.js';
import type { TensorValue } from '../../../inference/codec/tensors.js';
import { createVeil, type VeilRules } from '../../../serving/record/veil.js';

const rules = (more: Partial<VeilRules>): VeilRules => ({
  mask: [],
  drop: [],
  columns: [],
  key: 'k'.repeat(16),
  ...more,
});
const shape = (...inputs: OnnxInterface['inputs']): OnnxInterface => ({ inputs, outputs: [] });
const tensor = (
  name: string,
  type: 'float32' | 'int64' | 'string',
  data: TensorValue['data'],
  width = 1,
): TensorValue => ({
  ...{ name, type, data, dims: [data.length / width, width] },
});
const narrow = shape(
  { name: 'age', type: 'float32', shape: [-1, 1] },
  { name: 'name', type: 'string', shape: [-1, 1] },
  { name: 'seat', type: 'int64', shape: [-1, 1] },
);
const given = [
  tensor('age', 'float32', Float32Array.of(41, Number.NaN)),
  tensor('name', 'string', ['Jane', 'Jane']),
  tensor('seat', 'int64', BigInt64Array.of(7n, 9_007_199_254_740_993n)),
];

describe('a veil over inputs', () => {
  it('is none where the model reads nothing that is hidden: nothing is copied', () => {
    expect(createVeil(narrow, rules({ mask: ['other'], drop: ['another'] }))).toBeNull();
    const wide = shape({ name: 'x', type: 'float32', shape: [-1, 2] });
    expect(createVeil(wide, rules({ drop: ['other'], columns: ['a', 'b'] }))).toBeNull();
  });

  it('drops inputs, and keeps a digest of masked ones as text, the same for the same value', () => {
    const veil = createVeil(narrow, rules({ mask: ['name', 'seat'], drop: ['age'] }));
    expect(veil?.interface.inputs).toEqual([
      { name: 'name', type: 'string', shape: [-1, 1] },
      { name: 'seat', type: 'string', shape: [-1, 1] },
    ]);
    const kept = veil?.inputs(given) ?? [];
    expect(kept.map(({ name, type, dims }) => [name, type, dims])).toEqual([
      ['name', 'string', [2, 1]],
      ['seat', 'string', [2, 1]],
    ]);
    const [names, seats] = kept.map(({ data }) => data as string[]);
    expect(names?.[0]).toMatch(/^masked:[0-9a-f]{32}$/);
    expect(names?.[1]).toBe(names?.[0]);
    expect(seats?.[1]).not.toBe(seats?.[0]);
    expect(given[1]?.data).toEqual(['Jane', 'Jane']);
  });

  it('has other digests with another key, and for the same value in another column', () => {
    const twice = shape(
      { name: 'a', type: 'string', shape: [-1, 1] },
      { name: 'b', type: 'string', shape: [-1, 1] },
    );
    const both = [tensor('a', 'string', ['Jane']), tensor('b', 'string', ['Jane'])];
    const of = (key: string) =>
      createVeil(twice, rules({ mask: ['a', 'b'], key }))
        ?.inputs(both)
        .flatMap(({ data }) => data as string[]) ?? [];
    const all = [...of('k'.repeat(16)), ...of('l'.repeat(16))];
    expect(new Set(all).size).toBe(4);
  });

  it('empties places of one wide input, and leaves the others', () => {
    const wide = shape({ name: 'x', type: 'float32', shape: [-1, 3] });
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const veil = createVeil(wide, rules({ mask: ['b'], drop: ['c'], columns: ['a', 'b', 'c'] }));
    expect(veil?.inputs([tensor('x', 'float32', data, 3)])[0]?.data).toEqual(
      Float32Array.of(1, Number.NaN, Number.NaN, 4, Number.NaN, Number.NaN),
    );
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('masks places of a wide input of texts, and keeps no wide input of whole numbers', () => {
    const columns = ['a', 'b'];
    const texts = createVeil(
      shape({ name: 'x', type: 'string', shape: [-1, 2] }),
      rules({ mask: ['a'], drop: ['b'], columns }),
    );
    const [kept] = texts?.inputs([tensor('x', 'string', ['Jane', 'Doe'], 2)]) ?? [];
    expect(kept?.data).toEqual([expect.stringMatching(/^masked:/), '']);
    const whole = createVeil(
      shape({ name: 'x', type: 'int64', shape: [-1, 2] }),
      rules({ drop: ['b'], columns }),
    );
    expect(whole?.inputs([tensor('x', 'int64', BigInt64Array.of(1n, 2n), 2)])).toEqual([]);
    expect(whole?.interface.inputs).toEqual([]);
  });
});
