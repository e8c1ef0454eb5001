import { type BadInput, bodies } from './bad-input.js';

const inferPath = '/v2/models/double/infer';
const kindsPath = '/v2/models/kinds/infer';
const x = { name: 'x', datatype: 'FP32', shape: [1, 3], data: [1, 2, 3] };
const binary = { 'inference-header-content-length': '0', 'content-type': 'application/octet-stream' };

/** One input of the model that has all types, with one element. */
const kind = (name: string, datatype: string, data: unknown) => ({
  what: `${JSON.stringify(data)} as ${datatype}`,
  path: kindsPath,
  body: { inputs: [{ name, datatype, shape: [1], data }] },
  status: 400,
});
const withBytes = (what: string, json: object, bytes: number, says: string): BadInput => {
  const head = JSON.stringify(json);
  return {
    what,
    path: inferPath,
    body: Buffer.concat([Buffer.from(head), Buffer.alloc(bytes)]),
    headers: { ...binary, 'inference-header-content-length': String(head.length) },
    status: 400,
    says,
  };
};
const { data: _, ...bare } = x;
const sized = (size: unknown) => ({ inputs: [{ ...bare, parameters: { binary_data_size: size } }] });

const tensors: readonly BadInput[] = [
  {
    ...kind('i64', 'INT64', [1.5]),
    says: 'tensor "i64" has 1.5 as element 0, allowed is a whole number of 64 bits',
  },
  { ...kind('i64', 'INT64', ['7']), says: 'tensor "i64" has a string as element 0' },
  { ...kind('i64', 'INT64', [null]), says: 'tensor "i64" has null as element 0' },
  { ...kind('i64', 'INT64', [true]), says: 'tensor "i64" has true as element 0' },
  { ...kind('i32', 'INT32', [2147483648]), says: 'tensor "i32" has 2147483648 as element 0' },
  { ...kind('i32', 'INT32', [null]), says: 'tensor "i32" has null as element 0' },
  { ...kind('flag', 'BOOL', [null]), says: 'tensor "flag" has null as element 0, allowed is true or false' },
  { ...kind('flag', 'BOOL', [1]), says: 'tensor "flag" has 1 as element 0' },
  { ...kind('text', 'BYTES', [7]), says: 'tensor "text" has 7 as element 0' },
  { ...kind('text', 'BYTES', [null]), says: 'tensor "text" has null as element 0' },
  { ...kind('f32', 'FP32', [1e39]), says: 'tensor "f32" has 1e+39 as element 0' },
  { ...kind('f32', 'FP32', ['1']), says: 'tensor "f32" has a string as element 0' },
  { ...kind('f64', 'FP64', [{}]), says: 'tensor "f64" has an object as element 0' },
  {
    ...kind('f32', 'FP16', [1]),
    says: 'tensor "f32" is FP16, which has no JSON form: send it as binary data',
  },
  { ...kind('f32', 'BF16', [1]), says: 'tensor "f32" has datatype BF16, allowed are FP32' },
  {
    ...kind('i32', 'UINT8', [256]),
    says: 'tensor "i32" has 256 as element 0, allowed is a whole number of 8 bits from 0',
  },
  { ...kind('f32', '__proto__', [1]), says: 'tensor "f32" has datatype __proto__' },
];

const inferBodies: readonly BadInput[] = bodies(inferPath, 400, [
  ['no JSON', '{', 'the body is not JSON'],
  ['an empty body', '', 'the body is not JSON'],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'the body is not UTF-8'],
  ['a list', [], 'the body is not what is asked for, allowed is an object with inputs'],
  ['null', 'null', 'allowed is an object with inputs'],
  ['no inputs', {}, 'inputs is not what is asked for, allowed is a list of input tensors'],
  ['an id that is a number', { id: 7, inputs: [x] }, 'id is not what is asked for, allowed is a text'],
  [
    'an input without a name',
    { inputs: [{ ...x, name: undefined }] },
    'inputs[0].name is not what is asked for',
  ],
  ['an input that is a text', { inputs: ['x'] }, 'inputs[0] is not what is asked for'],
  ['an input without data', { inputs: [bare] }, 'tensor "x" has no data'],
  [
    'data that is no list',
    { inputs: [{ ...x, data: 7 }] },
    'inputs[0].data is not what is asked for, allowed is a list',
  ],
  ['a shape that is a number', { inputs: [{ ...x, shape: 3 }] }, 'inputs[0].shape is not what is asked for'],
  [
    'a shape of texts',
    { inputs: [{ ...x, shape: ['1', '3'] }] },
    'inputs[0].shape[0] is not what is asked for',
  ],
  ['a negative dimension', { inputs: [{ ...x, shape: [-1, 3] }] }, 'tensor "x" has a dimension of -1'],
  ['half a dimension', { inputs: [{ ...x, shape: [0.5, 6] }] }, 'tensor "x" has a dimension of 0.5'],
  [
    'a shape of more elements than data',
    { inputs: [{ ...x, shape: [2, 3] }] },
    'tensor "x" has 3 elements, its shape [2, 3] asks for 6',
  ],
  ['an endless shape', { inputs: [{ ...x, shape: [9e15, 3] }] }, 'allowed are at most 2147483647 elements'],
  ['40 dimensions', { inputs: [{ ...x, shape: new Array(40).fill(1) }] }, 'tensor "x" has 40 dimensions'],
  [
    'ragged rows',
    {
      inputs: [
        {
          ...x,
          shape: [2, 3],
          data: [
            [1, 2, 3],
            [4, 5],
          ],
        },
      ],
    },
    'tensor "x" has an array of 2 in dimension 1',
  ],
  ['an input twice', { inputs: [x, x] }, 'tensor "x" came more than once'],
  [
    'an input that the model has not',
    { inputs: [x, { ...x, name: 'z' }] },
    '"z" is not an input of the model',
  ],
  ['too few inputs', { inputs: [] }, 'input "x" is missing'],
  ['another type than the model has', { inputs: [{ ...x, datatype: 'FP64' }] }, 'tensor "x"'],
  ['another shape than the model has', { inputs: [{ ...x, shape: [3, 1] }] }, 'tensor "x"'],
  ['an output that the model has not', { inputs: [x], outputs: [{ name: 'z' }] }, '"z" is not an output'],
  ['outputs that are texts', { inputs: [x], outputs: ['y'] }, 'outputs[0] is not what is asked for'],
  [
    'a parameter that is an object',
    { inputs: [x], parameters: { a: {} } },
    'parameters.a is not what is asked for',
  ],
  [
    'a parameter that is a list',
    { inputs: [x], parameters: { a: [] } },
    'parameters.a is not what is asked for',
  ],
  [
    'a parameter that is null',
    { inputs: [x], parameters: { a: null } },
    'parameters.a is not what is asked for',
  ],
  ['parameters that are a list', { inputs: [x], parameters: [] }, 'parameters is not what is asked for'],
  [
    'a time-out in words',
    { inputs: [x], parameters: { timeout: 'soon' } },
    'parameter "timeout" is not what is asked for',
  ],
  [
    'a time-out before now',
    { inputs: [x], parameters: { timeout: -1 } },
    'parameter "timeout" is not what is asked for',
  ],
  [
    'half a priority',
    { inputs: [x], parameters: { priority: 1.5 } },
    'parameter "priority" is not what is asked for',
  ],
  ['a sequence', { inputs: [x], parameters: { sequence_id: 7 } }, 'a sequence of requests is asked for'],
  [
    'a classification',
    { inputs: [x], outputs: [{ name: 'y', parameters: { classification: 3 } }] },
    'classification of an output is asked for',
  ],
  [
    'binary_data that is a number',
    { inputs: [x], outputs: [{ name: 'y', parameters: { binary_data: 1 } }] },
    'parameter "binary_data" is not what is asked for',
  ],
  [
    'shared memory',
    { inputs: [{ ...bare, parameters: { shared_memory_region: 'a' } }] },
    'tensor "x" is in shared memory',
  ],
  [
    'bytes that are announced and do not come',
    sized(12),
    'tensor "x" is announced as bytes, and no bytes came behind the JSON',
  ],
]);

const bytes: readonly BadInput[] = [
  withBytes('bytes that are cut off', sized(12), 8, 'tensor "x" is announced with 12 bytes, of which 8 came'),
  withBytes(
    'more bytes than are announced',
    sized(12),
    16,
    '4 bytes came behind the tensors that are announced',
  ),
  withBytes(
    'bytes of another length than the shape',
    sized(8),
    8,
    'tensor "x" has 8 bytes, its shape [1, 3] asks for 12',
  ),
  withBytes(
    'a length that is a text',
    sized('12'),
    12,
    'tensor "x" has a binary_data_size that is no length',
  ),
  withBytes('a length below zero', sized(-1), 12, 'tensor "x" has a binary_data_size that is no length'),
  withBytes(
    'data and bytes',
    { inputs: [{ ...x, parameters: { binary_data_size: 12 } }] },
    12,
    'tensor "x" has both data and binary_data_size',
  ),
  {
    what: 'a header length beyond the body',
    path: inferPath,
    body: { inputs: [x] },
    headers: { ...binary, 'inference-header-content-length': '9999' },
    status: 400,
    says: 'inference-header-content-length is not a length within the body',
  },
  {
    what: 'a header length in words',
    path: inferPath,
    body: { inputs: [x] },
    headers: { ...binary, 'inference-header-content-length': 'all' },
    status: 400,
    says: 'inference-header-content-length is not a length within the body',
  },
  {
    what: 'one tensor for a model with six inputs',
    path: kindsPath,
    body: Buffer.alloc(12),
    headers: binary,
    status: 400,
    says: 'model "kinds" has 6 inputs, a raw body is for a model with one',
  },
  {
    what: 'one tensor of two rows',
    path: inferPath,
    body: Buffer.alloc(24),
    headers: binary,
    status: 400,
    says: 'tensor "x" has 24 bytes, its shape [1, 3] asks for 12',
  },
];

export const badTensors: readonly BadInput[] = [...tensors, ...inferBodies, ...bytes];
