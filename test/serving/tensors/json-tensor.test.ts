import { describe, expect, it } from 'vitest';
import type { TensorType } from '../../../domain/onnx/model-interface.js';
import { datatypeOf, typeOfDatatype } from '../../../serving/tensors/datatypes.js';
import { parseExactJson } from '../../../serving/tensors/exact-json.js';
import { readJsonTensor } from '../../../serving/tensors/json-tensor.js';
import { elementTexts } from '../../../serving/tensors/json-text.js';
import { rawBytesOf, tensorOfRaw } from '../../../serving/tensors/raw-tensor.js';

const read = (type: TensorType, text: string, shape?: readonly number[]) => {
  const data = parseExactJson(text) as unknown[];
  return readJsonTensor({ name: 'x', type, shape: shape ?? [data.length], data });
};

/** Elements that are hard to carry, as JSON text. */
const hard: Readonly<Record<Exclude<TensorType, 'float16'>, string>> = {
  float32: '[0,-0.0,1.5,-3.4028234663852886e+38,1.401298464324817e-45,null]',
  float64: '[0,-0.0,0.1,1.7976931348623157e+308,5e-324,null]',
  int64: '[0,-1,9007199254740993,9223372036854775807,-9223372036854775808]',
  int32: '[0,-1,2147483647,-2147483648]',
  int8: '[0,-1,127,-128]',
  int16: '[0,-1,32767,-32768]',
  uint8: '[0,255]',
  uint16: '[0,65535]',
  uint32: '[0,4294967295]',
  uint64: '[0,9007199254740993,18446744073709551615]',
  bool: '[true,false]',
  string: '["","a\\"b","ü€😀","\\ufeffx","12345678901234567"]',
};

describe('tensors in JSON and in bytes', () => {
  it.each(Object.entries(hard))('carries %s unchanged through JSON, bytes and JSON', (type, text) => {
    const tensor = read(type as TensorType, text);
    const through = tensorOfRaw('x', tensor.type, tensor.dims, rawBytesOf(tensor));
    expect(through).toEqual(tensor);
    const again = `[${elementTexts(through).join(',')}]`;
    expect(JSON.parse(again)).toEqual(JSON.parse(text));
    expect(read(type as TensorType, again)).toEqual(tensor);
  });

  it('prints the digits of an integer beyond 2^53, without quotes', () => {
    expect(elementTexts(read('int64', '[9007199254740993]'))).toEqual(['9007199254740993']);
  });

  it('takes a nested array as it takes a flat one', () => {
    expect(read('int32', '[[1,2,3],[4,5,6]]', [2, 3])).toEqual(read('int32', '[1,2,3,4,5,6]', [2, 3]));
    expect(read('int32', '[[[1],[2]]]', [1, 2, 1])).toEqual(read('int32', '[1,2]', [1, 2, 1]));
  });

  it('takes zero rows', () => {
    expect(read('float32', '[]', [0, 3])).toEqual({
      name: 'x',
      type: 'float32',
      dims: [0, 3],
      data: new Float32Array(0),
    });
  });

  it('names every datatype and finds its type again', () => {
    for (const [type, datatype] of Object.entries(datatypeOf))
      expect(typeOfDatatype('x', datatype)).toBe(type);
  });

  it.each<[TensorType, string, string]>([
    ['int64', '[1.5]', 'tensor "x" has 1.5 as element 0, allowed is a whole number of 64 bits'],
    ['int64', '["7"]', 'tensor "x" has a string as element 0, allowed is a whole number of 64 bits'],
    ['int64', '[1,null]', 'tensor "x" has null as element 1, allowed is a whole number of 64 bits'],
    ['int64', '[9223372036854775808]', 'tensor "x" has 9223372036854775808 as element 0'],
    ['int64', '[1e18]', 'tensor "x" has 1000000000000000000 as element 0'],
    ['int32', '[2147483648]', 'tensor "x" has 2147483648 as element 0, allowed is a whole number of 32 bits'],
    ['float32', '[1e39]', 'tensor "x" has 1e+39 as element 0, allowed is a number that FP32 holds'],
    ['float64', '[1e400]', 'tensor "x" has Infinity as element 0, allowed is a number that FP64 holds'],
    ['int8', '[128]', 'tensor "x" has 128 as element 0, allowed is a whole number of 8 bits'],
    ['uint8', '[-1]', 'tensor "x" has -1 as element 0, allowed is a whole number of 8 bits from 0'],
    ['uint8', '[null]', 'tensor "x" has null as element 0'],
    ['int16', '[32768]', 'tensor "x" has 32768 as element 0'],
    ['uint16', '[1.5]', 'tensor "x" has 1.5 as element 0'],
    ['uint32', '[4294967296]', 'tensor "x" has 4294967296 as element 0'],
    ['uint64', '[-1]', 'tensor "x" has -1 as element 0, allowed is a whole number of 64 bits from 0'],
    ['uint64', '[18446744073709551616]', 'tensor "x" has 18446744073709551616 as element 0'],
    ['float16', '[1]', 'tensor "x" is FP16, which has no JSON form: send it as binary data'],
    ['float16', '[]', 'tensor "x" is FP16, which has no JSON form'],
    ['bool', '[1]', 'tensor "x" has 1 as element 0, allowed is true or false'],
    ['bool', '[null]', 'tensor "x" has null as element 0, allowed is true or false'],
    [
      'string',
      '["\\ud800"]',
      'tensor "x" has a string as element 0, allowed is a string of whole characters',
    ],
    ['string', '[null]', 'tensor "x" has null as element 0'],
    ['float32', '[[1]]', 'tensor "x" has an array as element 0'],
  ])('refuses %s with %s', (type, text, message) => {
    expect(() => read(type, text)).toThrow(message);
  });

  it.each<[readonly number[], string, string]>([
    [[2, 2], '[1,2,3]', 'tensor "x" has 3 elements, its shape [2, 2] asks for 4'],
    [[2, 2], '[[1,2],[3]]', 'tensor "x" has an array of 1 in dimension 1, its shape [2, 2] asks for 2'],
    [[2, 2], '[[1,2],3]', 'tensor "x" mixes arrays with values in dimension 0'],
    [[-1], '[1]', 'tensor "x" has a dimension of -1'],
    [[1.5], '[1]', 'tensor "x" has a dimension of 1.5'],
    [[65536, 65536], '[1]', 'allowed are at most 2147483647 elements'],
  ])('refuses shape %j for %s', (shape, text, message) => {
    expect(() => read('int32', text, shape)).toThrow(message);
  });

  it.each([
    '0000000000000000001',
    '[1e12345678901234567]x',
    '[--1234567890123456]',
    '[+1234567890123456]',
    '[1234567890123456a]',
    '[01234567890123456]',
  ])('does not take %s for JSON', (text) => {
    expect(() => parseExactJson(text)).toThrow('the body is not JSON');
  });

  it('reads a long text, and one of quotes that does not end, without searching it again and again', () => {
    const long = 'a'.repeat(20_000_000);
    expect(parseExactJson(`["${long}",1234567890123456789]`)).toEqual([long, 1234567890123456789n]);
    const open = `[1234567890123456789,"${'\\"'.repeat(2_000_000)}`;
    expect(() => parseExactJson(open)).toThrow('the body is not JSON');
  });

  it('leaves digits in strings and fractions alone', () => {
    const text =
      '{"a":"9007199254740993","b":0.12345678901234567,"c":9007199254740993,"d":"\\"9007199254740993"}';
    expect(parseExactJson(text)).toEqual({
      a: '9007199254740993',
      b: Number('0.12345678901234567'),
      c: 9007199254740993n,
      d: '"9007199254740993',
    });
  });
});

describe('FP16', () => {
  it('goes through bytes bit by bit, and is refused as JSON, naming the output', () => {
    const bits = Uint16Array.of(0, 0x8000, 0x3c01, 0x7c00, 0xfc00, 0x7e00, 1);
    const tensor = { name: 'y', type: 'float16', dims: [7], data: bits } as const;
    expect(tensorOfRaw('y', 'float16', [7], rawBytesOf(tensor))).toEqual(tensor);
    expect(() => elementTexts(tensor)).toThrow(
      'output "y" is FP16, which has no JSON form: ask for it as binary data',
    );
  });
});
