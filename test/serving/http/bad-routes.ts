import { type BadInput, bodies } from './bad-input.js';

const inferPath = '/v2/models/double/infer';
const x = { name: 'x', datatype: 'FP32', shape: [1, 3], data: [1, 2, 3] };

export const badRows: readonly BadInput[] = [
  ...bodies('/predict', 400, [
    ['no JSON', 'rows', 'the body is not JSON'],
    ['a number', '7', 'the body is not what is asked for, allowed is a list of rows'],
    ['an object without columns', {}, 'the body is an object without columns'],
    ['a column that is no list', { x: 7 }, 'x is not what is asked for'],
    [
      'a column that the model has not',
      { z: [1] },
      'column "z" is not an input of the model, asked for are x',
    ],
    ['instances that are no list', { instances: 7 }, 'instances is not what is asked for'],
    ['a row with too few values', [[1, 2]], 'row 0: "x" has 2 values, asked for are 3'],
    [
      'a row with a text',
      [
        [1, 2, 3],
        [1, 'a', 3],
      ],
      'row 1: "x" is a string, allowed is a number that FP32 holds',
    ],
    ['a row that is null', [null], 'row 0: "x" is not an array'],
    ['a row with a column too many', [{ x: [1, 2, 3], z: 1 }], 'row 0: "z" is not an input of the model'],
    ['a row without its column', [{}], 'row 0: there is no value for "x"'],
    [
      'a row that asks the prototype',
      ['{"__proto__":[1,2,3]}'].map((text) => JSON.parse(text) as unknown),
      'row 0: "__proto__" is not an input',
    ],
  ]),
  ...bodies('/v2/models/kinds/predict', 400, [
    [
      'columns of different length',
      { f32: [[1, 2]], f64: [1, 2], i64: [1], i32: [1], flag: [true], text: ['a'] },
      'column "f64" has 2 rows, column "f32" has 1',
    ],
    ['a missing column', { f32: [[1, 2]] }, 'there is no column "f64"'],
    ['a row that is too short', [[[1, 2], 1]], 'row 0: has 2 values, the model has 6 inputs'],
    [
      'a missing whole number',
      [[[1, 2], 1, null, 1, true, 'a']],
      'row 0: "i64" is null, allowed is a whole number of 64 bits',
    ],
    ['a row that is a text', ['abc'], 'row 0: is neither an array nor an object'],
  ]),
  ...bodies('/v1/models/double:predict', 400, [
    ['no instances', { x: [[1, 2, 3]] }, 'instances is not what is asked for'],
  ]),
];

export const badAddresses: readonly BadInput[] = [
  { what: 'an unknown path', path: '/v3/models', status: 404, says: 'there is nothing under this address' },
  {
    what: 'an unknown path with a body',
    path: '/v2/models/double/explain',
    body: {},
    status: 404,
    says: 'there is nothing under this address',
  },
  {
    what: 'a model that is not there',
    path: '/v2/models/nobody/infer',
    body: { inputs: [x] },
    status: 404,
    says: 'there is no such model or version',
  },
  {
    what: 'a version that is not there',
    path: '/v2/models/double/versions/9/infer',
    body: { inputs: [x] },
    status: 404,
    says: 'there is no such model or version',
  },
  {
    what: 'metadata of a model that is not there',
    path: '/v2/models/nobody',
    status: 404,
    says: 'there is no such model or version',
  },
  {
    what: 'statistics of a model that is not there',
    path: '/v2/models/nobody/stats',
    status: 404,
    says: 'there is no such model or version',
  },
  {
    what: 'loading a model that is not there',
    path: '/v2/repository/models/nobody/load',
    body: '',
    status: 404,
    says: 'there is no such model or version',
  },
  {
    what: 'a path that cannot be decoded',
    path: '/v2/models/%E0%A4/ready',
    status: 400,
    says: 'the address has a percent sign that begins no character',
  },
  { what: 'GET of infer', path: inferPath, status: 405, says: 'this address answers POST alone' },
  {
    what: 'POST of metadata',
    path: '/v2',
    body: {},
    status: 405,
    says: 'this address answers GET, HEAD alone',
  },
  {
    what: 'DELETE of a model',
    path: '/v2/models/double',
    method: 'DELETE',
    status: 405,
    says: 'this address answers GET, HEAD alone',
  },
  {
    what: 'a model that is not ready',
    path: '/v2/models/broken/infer',
    body: { inputs: [x] },
    status: 503,
    says: 'is not ready',
  },
  {
    what: 'rows for a model that is not ready',
    path: '/v2/models/broken/predict',
    body: [1],
    status: 503,
    says: 'is not ready: the file is cut off',
  },
  {
    what: 'readiness of a model that is not ready',
    path: '/v2/models/broken/ready',
    status: 503,
    says: 'the model is UNAVAILABLE: the file is cut off',
  },
  {
    what: 'a row that the model cannot answer',
    path: '/v2/models/pick/predict',
    body: [9],
    status: 500,
    says: 'an index is out of range',
  },
  {
    what: 'an explanation',
    path: '/v1/models/double:explain',
    body: {},
    status: 501,
    says: 'this server has no explanations',
  },
  {
    what: 'a model sent with its load',
    path: '/v2/repository/models/double/load',
    body: { parameters: { 'file:1/model.onnx': 'AA==' } },
    status: 501,
    says: 'a model is loaded from the folder of the server',
  },
  {
    what: 'an unload from a page of another site',
    path: '/v2/repository/models/double/unload',
    body: '',
    headers: { 'sec-fetch-site': 'cross-site' },
    status: 403,
    says: 'a page of another site may not',
  },
  {
    what: 'an index that is asked in words',
    path: '/v2/repository/index',
    body: { ready: 'yes' },
    status: 400,
    says: 'ready is not what is asked for, allowed is true or false',
  },
  {
    what: 'an unknown encoding',
    path: inferPath,
    body: {},
    headers: { 'content-encoding': 'br' },
    status: 415,
    says: 'the content encoding is not known',
  },
  {
    what: 'a body that is not compressed',
    path: inferPath,
    body: {},
    headers: { 'content-encoding': 'gzip' },
    status: 400,
    says: 'the body is not compressed as its content encoding says',
  },
];
