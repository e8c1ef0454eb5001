import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiField } from '../../../domain/contract/application-api.js';
import { modelRowMisfit } from '../../../domain/contract/model-row-fit.js';
import { rowMisfit } from '../../../domain/contract/row-fit.js';
import { stockApi } from '../../../domain/contract/stock-api.js';
import type { OnnxInterface } from '../../../domain/onnx/model-interface.js';
import { anyFields, rowOf } from './api-fields.js';

const field = (changes: Partial<ApiField>): ApiField => ({
  type: 'number',
  required: true,
  nullable: false,
  allowed: null,
  shape: [],
  ...changes,
});

describe('a row', () => {
  it('fits the fields that it was made for', () => {
    const cases = anyFields.chain((fields) => fc.record({ fields: fc.constant(fields), row: rowOf(fields) }));
    fc.assert(
      fc.property(cases, ({ fields, row }) => {
        expect(rowMisfit(fields, row)).toBeNull();
      }),
    );
  });

  it.each<[unknown, Partial<ApiField>, string]>([
    [{ a: 'x' }, {}, '"a" is a text, allowed is a number'],
    [{ a: Number.NaN }, {}, '"a" is not a finite number, allowed is a number'],
    [{ a: 1.5 }, { type: 'integer' }, '"a" is a number, allowed is a whole number'],
    [{ a: null }, {}, '"a" is null, which it must not be'],
    [{}, {}, '"a" is not there'],
    [{ a: 1, b: 2 }, {}, 'it has "b", which is none of a'],
    [{ a: 3 }, { allowed: [1, 2] }, '"a" is another value, allowed are 1, 2'],
    [{ a: 1 }, { shape: [2] }, '"a" is a number, allowed is an array'],
    [{ a: [1] }, { shape: [2] }, '"a" has 1 values, asked for are 2'],
    [{ a: [1, 'x'] }, { shape: [-1] }, '"a" is a text, allowed is a number'],
    [[1], {}, 'it is an array, asked for is an object with a'],
    [null, {}, 'it is null, asked for is an object with a'],
    [{ a: { toString: 'x' } }, {}, '"a" is no value of JSON, allowed is a number'],
  ])('%j does not fit, and the field is named', (row, changes, words) => {
    expect(rowMisfit({ a: field(changes) }, row)).toBe(words);
  });

  it('has no field by its prototype', () => {
    expect(rowMisfit({ toString: field({ required: true }) }, {})).toBe('"toString" is not there');
    expect(rowMisfit({}, JSON.parse('{"__proto__": 1}'))).toBe(
      'it has "__proto__", which is none of no field',
    );
  });

  it('of a whole number beyond 2^53 fits', () => {
    expect(rowMisfit({ a: field({ type: 'integer' }) }, { a: 2n ** 60n })).toBeNull();
  });
});

describe('the stock application', () => {
  const shape: OnnxInterface = {
    inputs: [
      { name: 'distance', type: 'float32', shape: [-1, 1] },
      { name: 'carrier', type: 'string', shape: [-1, 1] },
      { name: 'pixels', type: 'int64', shape: [-1, 3] },
    ],
    outputs: [{ name: 'late', type: 'bool', shape: [-1] }],
  };

  it('has the API of its model', () => {
    expect(stockApi(shape)).toEqual({
      version: '0.1',
      input: {
        distance: field({ nullable: true }),
        carrier: field({ type: 'string', nullable: true }),
        pixels: field({ type: 'integer', shape: [3] }),
      },
      output: { late: field({ type: 'boolean' }) },
    });
  });

  it('tells which input a row of the model misses', () => {
    expect(modelRowMisfit(shape, { distance: 1, carrier: 'UA', pixels: [1, 2, 3] })).toBeNull();
    expect(modelRowMisfit(shape, { distance: 1, carrier: 'UA' })).toBe('"pixels" is not there');
    expect(modelRowMisfit(shape, { distance: '1', carrier: 'UA', pixels: [1, 2, 3] })).toBe(
      '"distance" is a text, allowed is a number',
    );
  });
});
