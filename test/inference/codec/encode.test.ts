import { expect, test } from 'vitest';
import type { TensorType } from '../../../domain/onnx/model-interface.js';
import { type Cell, type Column, encodeRows } from '../../../inference/codec/encode.js';
import type { TensorData } from '../../../inference/codec/tensors.js';

function encode(type: TensorType, cells: Column): TensorData | undefined {
  const plan = [{ tensor: { name: 'x', type, shape: [-1, 1] }, columns: ['x'] }];
  return encodeRows(plan, { x: cells }, 0, cells.length)[0]?.data;
}

const fitting: readonly (readonly [TensorType, Column, TensorData])[] = [
  ['float32', [1.5, null, Number.NaN, true, 2n, -Infinity], Float32Array.of(1.5, NaN, NaN, 1, 2, -Infinity)],
  ['float32', Float64Array.of(1, 2), Float32Array.of(1, 2)],
  ['float64', [0.1, null], Float64Array.of(0.1, NaN)],
  ['int64', [1, -5n, 2 ** 53 - 1, true], BigInt64Array.of(1n, -5n, 2n ** 53n - 1n, 1n)],
  ['int64', BigInt64Array.of(2n ** 62n), BigInt64Array.of(2n ** 62n)],
  ['int32', [2 ** 31 - 1, -(2 ** 31)], Int32Array.of(2 ** 31 - 1, -(2 ** 31))],
  ['float16', [1, null, 0.1, Infinity], Uint16Array.of(0x3c00, 0x7e00, 0x2e66, 0x7c00)],
  ['int8', [-128, 127], Int8Array.of(-128, 127)],
  ['int16', [-32_768, 1n], Int16Array.of(-32_768, 1)],
  ['uint8', [0, 255], Uint8Array.of(0, 255)],
  ['uint16', [65_535], Uint16Array.of(65_535)],
  ['uint32', [2 ** 32 - 1], Uint32Array.of(2 ** 32 - 1)],
  ['uint64', [1, 2n ** 64n - 1n], BigUint64Array.of(1n, 2n ** 64n - 1n)],
  ['bool', [true, false, 1, 0], Uint8Array.of(1, 0, 1, 0)],
  ['string', ['a', '', null], ['a', '', '']],
];
test.each(fitting)('%s takes %s', (type, cells, data) => {
  expect(encode(type, cells)).toEqual(data);
});

const misfits: readonly (readonly [TensorType, Cell, string])[] = [
  ['float32', 'text', 'a string'],
  ['float32', 1e39, '1e+39'],
  ['int64', null, 'null'],
  ['int64', 1.5, '1.5'],
  ['int64', 2 ** 53, '9007199254740992'],
  ['int64', 2n ** 63n, '9223372036854775808'],
  ['int64', '7', 'a string'],
  ['int32', 2 ** 31, '2147483648'],
  ['int32', null, 'null'],
  ['float16', 65_520, '65520'],
  ['int8', 128, '128'],
  ['int16', -32_769, '-32769'],
  ['uint8', -1, '-1'],
  ['uint8', null, 'null'],
  ['uint16', 65_536, '65536'],
  ['uint32', 0.5, '0.5'],
  ['uint64', -1n, '-1'],
  ['uint64', 2n ** 64n, '18446744073709551616'],
  ['bool', null, 'null'],
  ['bool', 2, '2'],
  ['string', 3, '3'],
];
test.each(misfits)('%s refuses %s and names column and row', (type, cell, came) => {
  const fits: Cell = type === 'string' ? 'a' : 1;
  expect(() => encode(type, [fits, cell])).toThrow(
    expect.objectContaining({
      code: 'MODEL_INTERFACE',
      message: `column "x" has ${came} in row 1, the model asks for ${type}`,
    }),
  );
});

test('columns stand side by side in a wide tensor, and only the asked-for rows', () => {
  const plan = [{ tensor: { name: 'X', type: 'float32' as const, shape: [-1, 2] }, columns: ['b', 'a'] }];
  const columns = { a: [1, 2, 3, 4], b: [10, 20, 30, 40] };
  expect(encodeRows(plan, columns, 1, 3)).toEqual([
    { name: 'X', type: 'float32', dims: [2, 2], data: Float32Array.of(20, 2, 30, 3) },
  ]);
});

test('a tensor of one dimension stays one', () => {
  const plan = [{ tensor: { name: 'x', type: 'int64' as const, shape: [-1] }, columns: ['x'] }];
  expect(encodeRows(plan, { x: [1, 2] }, 0, 2)[0]?.dims).toEqual([2]);
});
