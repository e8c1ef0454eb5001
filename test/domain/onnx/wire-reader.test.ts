import { expect, test } from 'vitest';
import { once, readFields } from '../../../domain/onnx/read-fields.js';
import { WireReader } from '../../../domain/onnx/wire-reader.js';
import { blob, concat, float, int, message, tag, text, varint } from './proto-writer.js';

const reader = (bytes: Uint8Array, fieldsLeft = 100) => new WireReader(bytes, { fieldsLeft });

function first(bytes: Uint8Array): WireReader {
  const r = reader(bytes);
  r.next();
  return r;
}

test('fields of every wire type are read or passed over', () => {
  const bytes = concat(int(1, -5), text(2, 'name'), float(3, 1), tag(4, 1), new Uint8Array(8), int(5, 7));
  const r = reader(bytes);
  expect([r.next(), r.field, r.int64()]).toEqual([true, 1, -5n]);
  expect([r.next(), r.field, r.text()]).toEqual([true, 2, 'name']);
  for (const field of [3, 4]) {
    expect([r.next(), r.field]).toEqual([true, field]);
    r.skip();
  }
  expect([r.next(), r.integer(), r.next()]).toEqual([true, 7, false]);
});

test.each([0n, 1n, 127n, 128n, 2n ** 53n, 2n ** 63n - 1n, -1n, -(2n ** 63n)])(
  'the number %s is exact',
  (n) => {
    expect(first(int(1, n)).int64()).toBe(n);
  },
);

test('packed and single numbers are counted alike', () => {
  const packed = blob(1, concat(varint(1), varint(300), varint(2n ** 60n)));
  expect([first(packed).countVarints(), first(int(1, 300)).countVarints()]).toEqual([3, 1]);
  expect([first(blob(1, new Uint8Array(12))).countFixed(4), first(float(1, 2)).countFixed(4)]).toEqual([
    3, 1,
  ]);
  expect(first(blob(1, concat(varint(4), varint(5)))).int64s(9)).toEqual([4n, 5n]);
});

const overlong = Uint8Array.from([...Array(10).fill(255), 1]);
const broken: readonly (readonly [string, () => unknown])[] = [
  ['a number longer than ten bytes', () => first(concat(tag(1, 0), overlong)).int64()],
  ['a number longer than ten bytes, passed over', () => first(concat(tag(1, 0), overlong)).skip()],
  ['a tag longer than any', () => reader(overlong).next()],
  ['a length beyond the end', () => first(concat(tag(1, 2), varint(9), new Uint8Array(8))).length()],
  ['a length beyond 2^53', () => first(concat(tag(1, 2), varint(2n ** 63n))).length()],
  ['a length beyond the end, passed over', () => first(concat(tag(1, 2), varint(9))).skip()],
  ['a message that ends inside a number', () => first(concat(tag(1, 0), Uint8Array.of(128))).int64()],
  ['a message that ends inside a fixed number', () => first(concat(tag(1, 5), new Uint8Array(3))).skip()],
  ['a packed field that ends inside a number', () => first(blob(1, Uint8Array.of(1, 128))).countVarints()],
  ['packed floats of seven bytes', () => first(blob(1, new Uint8Array(7))).countFixed(4)],
  ['a group', () => reader(tag(1, 3)).next()],
  ['wire type 7', () => reader(tag(1, 7)).next()],
  ['field 0', () => reader(tag(0, 0)).next()],
  ['a text where a number belongs', () => first(text(1, 'x')).int64()],
  ['a number where a message belongs', () => first(int(1, 4)).message()],
  ['a version beyond 2^53', () => first(int(1, 2n ** 60n)).integer()],
  ['a name that is not UTF-8', () => first(blob(1, Uint8Array.of(0xc3, 0x28))).text()],
  ['a name of five thousand bytes', () => first(blob(1, new Uint8Array(5000).fill(97))).text()],
  ['more values than asked for', () => first(blob(1, new Uint8Array(20))).int64s(16)],
  [
    'more fields than allowed',
    () => {
      const r = reader(concat(int(1, 1), int(1, 1)), 1);
      r.next();
      r.skip();
      r.next();
    },
  ],
];
test.each(broken)('%s is refused', (_what, read) => {
  expect(read).toThrow(expect.objectContaining({ name: 'StructureError', rule: 'wire' }));
});

test('an inner message cannot read beyond its end', () => {
  const r = first(concat(message(1, tag(2, 2), varint(4)), new Uint8Array(8)));
  const inner = r.message();
  inner.next();
  expect(() => inner.length()).toThrow('field 2 has 4 bytes, 0 are left');
});

test('a field that belongs once is refused the second time', () => {
  const read = () => readFields(reader(concat(int(1, 1), int(1, 2))), 'Thing', { 1: once((r) => r.skip()) });
  expect(read).toThrow('field 1 of Thing comes more than once');
});
