import { status } from '@grpc/grpc-js';

const { INVALID_ARGUMENT, NOT_FOUND, UNAVAILABLE, RESOURCE_EXHAUSTED, INTERNAL } = status;

const floats = (shape: readonly unknown[], contents: object = {}) => ({
  name: 'a_float32',
  datatype: 'FP32',
  shape,
  contents,
});
export const one = floats([1], { fp32_contents: [1] });
export const rawHead = (type: string, datatype: string, shape: readonly unknown[]) => ({
  name: `a_${type}`,
  datatype,
  shape,
});
export const echo = (message: object) => ({ model_name: 'echo', ...message });
export const raw = (head: object, ...contents: readonly Buffer[]) =>
  echo({ inputs: [head], raw_input_contents: contents });
const withParameter = (name: string, parameter: object) =>
  echo({ inputs: [one], parameters: { [name]: parameter } });

export type BadInput = readonly [title: string, message: object, code: status, details: string];

/** Requests of ModelInfer that are refused, with code and message. */
export const badRequests: readonly BadInput[] = [
  ['an unknown model', { model_name: 'nobody' }, NOT_FOUND, 'there is no model "nobody" version at all'],
  ['no model', {}, NOT_FOUND, 'there is no model "" version at all'],
  ['an unknown version', echo({ model_version: '9' }), NOT_FOUND, 'there is no model "echo" version 9'],
  ['a model that is loading', { model_name: 'loading' }, UNAVAILABLE, 'model "loading" is LOADING'],
  ['a model that cannot be served', { model_name: 'hostile' }, UNAVAILABLE, 'model "hostile" is UNAVAILABLE'],
  [
    'a full queue',
    { model_name: 'full' },
    RESOURCE_EXHAUSTED,
    'there are 1000 rows in the queue, allowed are 1000',
  ],
  ['rows the model fails at', { model_name: 'poison' }, INTERNAL, 'the model cannot answer these rows'],
  ['a defect of the server', { model_name: 'defect' }, INTERNAL, 'the server failed at this request'],
  [
    'an input the model has not',
    echo({ inputs: [{ ...one, name: 'b' }] }),
    INVALID_ARGUMENT,
    'tensor "b" is not one of the model',
  ],
  [
    'an input of another type than the model reads',
    echo({ inputs: [{ ...one, datatype: 'FP64', contents: { fp64_contents: [1] } }] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" is not one of the model',
  ],
  [
    'a datatype no model carries',
    echo({ inputs: [{ ...one, datatype: 'BF16' }] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has datatype BF16, allowed are FP32, FP64, INT64, INT32, BOOL, BYTES, FP16, INT8, INT16, UINT8, UINT16, UINT32, UINT64',
  ],
  [
    'a datatype in small letters',
    echo({ inputs: [{ ...one, datatype: 'fp32' }] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has datatype fp32, allowed are FP32, FP64, INT64, INT32, BOOL, BYTES, FP16, INT8, INT16, UINT8, UINT16, UINT32, UINT64',
  ],
  [
    'no datatype',
    echo({ inputs: [{ ...one, datatype: '' }] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has datatype , allowed are FP32, FP64, INT64, INT32, BOOL, BYTES, FP16, INT8, INT16, UINT8, UINT16, UINT32, UINT64',
  ],
  [
    'fewer elements than the shape',
    echo({ inputs: [floats([2, 2], { fp32_contents: [1, 2, 3] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has 3 elements, its shape [2, 2] asks for 4',
  ],
  [
    'more elements than the shape',
    echo({ inputs: [floats([1], { fp32_contents: [1, 2] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has 2 elements, its shape [1] asks for 1',
  ],
  [
    'no contents at all',
    echo({ inputs: [rawHead('float32', 'FP32', [1])] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has 0 elements, its shape [1] asks for 1',
  ],
  [
    'a negative dimension',
    echo({ inputs: [floats([-1], { fp32_contents: [1] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has a dimension of -1, allowed are whole numbers from 0',
  ],
  [
    'a dimension beyond what can be counted',
    echo({ inputs: [floats(['9223372036854775807'], { fp32_contents: [1] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has a dimension of 9223372036854776000, allowed are whole numbers from 0',
  ],
  [
    'dimensions that multiply beyond all bodies',
    echo({ inputs: [floats([65536, 65536], { fp32_contents: [1] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has shape [65536, 65536], allowed are at most 2147483647 elements',
  ],
  [
    'too many dimensions',
    echo({ inputs: [floats(Array(33).fill(1), { fp32_contents: [1] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has 33 dimensions, allowed are 32',
  ],
  [
    'elements in the list of another type',
    echo({ inputs: [floats([1], { fp64_contents: [1] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" is FP32 and has elements in fp64_contents, allowed is fp32_contents',
  ],
  [
    'elements in two lists',
    echo({ inputs: [floats([1], { fp32_contents: [1], int_contents: [1] })] }),
    INVALID_ARGUMENT,
    'tensor "a_float32" is FP32 and has elements in int_contents, allowed is fp32_contents',
  ],
  [
    'a text that is not UTF-8',
    echo({
      inputs: [{ ...rawHead('string', 'BYTES', [1]), contents: { bytes_contents: [Buffer.from([0xff])] } }],
    }),
    INVALID_ARGUMENT,
    'tensor "a_string" has an element that is not UTF-8',
  ],
  [
    'raw contents beside typed ones',
    raw(one, Buffer.alloc(4)),
    INVALID_ARGUMENT,
    'tensor "a_float32" has typed contents and the request raw ones, allowed is one of them',
  ],
  [
    'raw contents for one input and typed ones for another',
    echo({
      inputs: [rawHead('float64', 'FP64', [1]), one],
      raw_input_contents: [Buffer.alloc(8)],
    }),
    INVALID_ARGUMENT,
    'tensor "a_float32" has typed contents and the request raw ones, allowed is one of them',
  ],
  [
    'a raw tensor too many',
    raw(rawHead('float32', 'FP32', [1]), Buffer.alloc(4), Buffer.alloc(4)),
    INVALID_ARGUMENT,
    'there are 2 raw contents for 1 inputs, allowed is one for each',
  ],
  [
    'a raw tensor too few',
    echo({
      inputs: [rawHead('float32', 'FP32', [1]), rawHead('float64', 'FP64', [1])],
      raw_input_contents: [Buffer.alloc(4)],
    }),
    INVALID_ARGUMENT,
    'there are 1 raw contents for 2 inputs, allowed is one for each',
  ],
  [
    'short raw contents',
    raw(rawHead('float32', 'FP32', [2]), Buffer.alloc(7)),
    INVALID_ARGUMENT,
    'tensor "a_float32" has 7 bytes, its shape [2] asks for 8',
  ],
  [
    'long raw contents',
    raw(rawHead('int64', 'INT64', [1]), Buffer.alloc(9)),
    INVALID_ARGUMENT,
    'tensor "a_int64" has 9 bytes, its shape [1] asks for 8',
  ],
  [
    'a raw boolean that is neither',
    raw(rawHead('bool', 'BOOL', [2]), Buffer.from([1, 2])),
    INVALID_ARGUMENT,
    'tensor "a_bool" has the byte 2 as BOOL, allowed are 0 and 1',
  ],
  [
    'a raw text longer than the bytes',
    raw(rawHead('string', 'BYTES', [1]), Buffer.from([9, 0, 0, 0, 97])),
    INVALID_ARGUMENT,
    'tensor "a_string" has bytes for 0 whole elements, its shape asks for 1',
  ],
  [
    'a raw text too few',
    raw(rawHead('string', 'BYTES', [2]), Buffer.from([1, 0, 0, 0, 97])),
    INVALID_ARGUMENT,
    'tensor "a_string" has bytes for 1 whole elements, its shape asks for 2',
  ],
  [
    'bytes behind the last raw text',
    raw(rawHead('string', 'BYTES', [1]), Buffer.from([1, 0, 0, 0, 97, 98])),
    INVALID_ARGUMENT,
    'tensor "a_string" has 1 bytes behind its last element',
  ],
  [
    'a raw text that is not UTF-8',
    raw(rawHead('string', 'BYTES', [1]), Buffer.from([1, 0, 0, 0, 0xff])),
    INVALID_ARGUMENT,
    'tensor "a_string" has an element that is not UTF-8',
  ],
  ['an input twice', echo({ inputs: [one, one] }), INVALID_ARGUMENT, 'the input "a_float32" is there twice'],
  [
    'an output wanted twice',
    echo({ inputs: [one], outputs: [{ name: 'a_float32' }, { name: 'a_float32' }] }),
    INVALID_ARGUMENT,
    'the output "a_float32" is there twice',
  ],
  [
    'a parameter without a value',
    withParameter('colour', {}),
    INVALID_ARGUMENT,
    'the parameter "colour" has no value, allowed are numbers, texts and booleans',
  ],
  [
    'a parameter of an input without a value',
    echo({ inputs: [{ ...one, parameters: { colour: {} } }] }),
    INVALID_ARGUMENT,
    'the parameter "colour" has no value, allowed are numbers, texts and booleans',
  ],
  [
    'a priority in words',
    withParameter('priority', { string_param: 'high' }),
    INVALID_ARGUMENT,
    'the parameter "priority" is a string_param, allowed are whole numbers from 0',
  ],
  [
    'a priority below zero',
    withParameter('priority', { int64_param: -1 }),
    INVALID_ARGUMENT,
    'the parameter "priority" is -1, allowed are whole numbers from 0',
  ],
  [
    'a priority beyond all others',
    withParameter('priority', { uint64_param: '18446744073709551615' }),
    INVALID_ARGUMENT,
    'the parameter "priority" is 18446744073709551615, allowed are 0 to 4294967296',
  ],
  [
    'a timeout that is no whole number',
    withParameter('timeout', { double_param: 1.5 }),
    INVALID_ARGUMENT,
    'the parameter "timeout" is a double_param, allowed are whole numbers from 0',
  ],
  [
    'a request of a sequence',
    withParameter('sequence_id', { int64_param: 4 }),
    INVALID_ARGUMENT,
    'the parameter "sequence_id" asks for a sequence of requests, which this server does not have',
  ],
  [
    'an output as classes',
    echo({
      inputs: [one],
      outputs: [{ name: 'a_float32', parameters: { classification: { int64_param: 2 } } }],
    }),
    INVALID_ARGUMENT,
    'the parameter "classification" asks for the classes of an output, which this server does not have',
  ],
  [
    'an input in shared memory',
    echo({
      inputs: [
        { ...rawHead('float32', 'FP32', [1]), parameters: { shared_memory_region: { string_param: 'r' } } },
      ],
    }),
    INVALID_ARGUMENT,
    'the parameter "shared_memory_region" asks for shared memory, which this server does not have',
  ],
];
