import { execFileSync } from 'node:child_process';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { requireOnnx, sniffModelFile } from '../../../domain/onnx/sniff/sniff-model-file.js';
import { fixtureBytes } from './fixtures.js';
import { model } from './onnx-writer.js';

const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const json = latin1('{"weights":[1,2,3]}');
const safetensors = latin1(`\x30\0\0\0\0\0\0\0{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`);
const zip = (entry: string) => latin1(`PK\x03\x04\x14\0\0\0\0\0${'\0'.repeat(20)}${entry}`);
const hdf5 = '\x89HDF\r\n\x1a\n';

const files: readonly (readonly [what: string, format: string, bytes: Uint8Array])[] = [
  ['a model made here', 'onnx', model()],
  ['an export of scikit-learn', 'onnx', fixtureBytes('isolation-forest')],
  ['a small export', 'onnx', fixtureBytes('kmeans')],
  ['a PyTorch archive', 'zip', zip('archive/data.pkl')],
  ['a NumPy archive', 'zip', zip('arr_0.npy')],
  ['an empty zip archive', 'zip', latin1(`PK\x05\x06${'\0'.repeat(18)}`)],
  ['a Keras file', 'hdf5', latin1(`${hdf5}\0\0`)],
  ['a Keras file with a user block', 'hdf5', latin1(`${'\0'.repeat(512)}${hdf5}`)],
  ['a compressed file', 'gzip', gzipSync(model())],
  ['a file compressed by joblib', 'unknown', deflateSync(model())],
  ['safetensors', 'safetensors', safetensors],
  ['JSON', 'json', json],
  ['a JSON list', 'json', latin1(' [1, 2]')],
  ['a TensorFlow saved model', 'unknown', latin1('\x08\x01\x12\x04\x0a\x02\x08\x01')],
  ['text', 'unknown', latin1('Hello, I am a model')],
  ['a web page', 'unknown', latin1('<!doctype html><html></html>')],
  ['nothing', 'unknown', new Uint8Array(0)],
  ['zeros', 'unknown', new Uint8Array(64)],
];
test.each(files)('%s is told as %s', (_what, format, bytes) => {
  expect(sniffModelFile(bytes).format).toBe(format);
});

const pickled = [
  "{'weights': [1.0, 2.0], 'name': 'model'}",
  'list(range(400))',
  'datetime.datetime(2024, 1, 1)',
  'collections.OrderedDict(a=1)',
  "'a plain string'",
  '12345678901234567890',
  '3.5',
  '(1, 2, 3)',
  "b'bytes'",
  'Evil()',
].flatMap((value) => [0, 1, 2, 3, 4, 5].map((protocol) => [value, protocol] as const));

/** Python itself writes them: one process for all. */
const pickles = execFileSync(
  'python3',
  [
    '-c',
    `
import collections, datetime, json, os, pickle, sys
class Evil:
    def __reduce__(self): return os.system, ('true',)
print(json.dumps([list(pickle.dumps(eval(v), p)) for v, p in json.loads(sys.argv[1])]))`,
    JSON.stringify(pickled),
  ],
  { encoding: 'utf8', maxBuffer: 1e8 },
);
const pickleBytes = (JSON.parse(pickles) as number[][]).map((bytes) => Uint8Array.from(bytes));

test.each(pickled.map(([value, protocol], i) => [value, protocol, pickleBytes[i]] as const))(
  'the pickle of %s in protocol %i is told',
  (_value, _protocol, bytes) => {
    expect(sniffModelFile(bytes ?? new Uint8Array(0)).format).toBe('pickle');
  },
);

test('a pickle named .onnx is refused by what it is', () => {
  const refused = () => requireOnnx(pickleBytes[4] ?? new Uint8Array(0), 'model.onnx');
  expect(refused).toThrow('model.onnx is a Python pickle, only ONNX files are taken');
  expect(refused).toThrow(expect.objectContaining({ code: 'MODEL_FORMAT' }));
});

test('only the beginning of a file is needed', () => {
  const big = fixtureBytes('isolation-forest');
  expect(big.length).toBeGreaterThan(4096);
  expect(sniffModelFile(big.subarray(0, 4096)).format).toBe('onnx');
});

test('an ONNX file passes', () => {
  expect(() => requireOnnx(model(), 'model.onnx')).not.toThrow();
});
