import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPlane, servePlane } from './served-plane.js';

let served: ServedPlane;
beforeAll(async () => {
  served = await servePlane();
});
afterAll(() => served.listening.close());

const x = { name: 'x', datatype: 'FP32', shape: [1, 3], data: [1, 2.5, -3] };
const at = '/v2/models/double/infer';

/** JSON with bytes behind it, as the binary extension sends them. */
async function askBinary(path: string, json: object | null, bytes: Uint8Array) {
  const head = Buffer.from(json === null ? '' : JSON.stringify(json));
  const response = await fetch(`${served.base}${path}`, {
    method: 'POST',
    headers: {
      'inference-header-content-length': String(head.length),
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(Buffer.concat([head, bytes])),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const length = response.headers.get('inference-header-content-length');
  const text = length === null ? body : body.subarray(0, Number(length));
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    json: JSON.parse(text.toString()) as {
      outputs: readonly { name: string; parameters: { binary_data_size: number } }[];
    },
    bytes: length === null ? Buffer.alloc(0) : body.subarray(Number(length)),
  };
}

describe('infer over HTTP', () => {
  it('answers JSON with the version that answered, and the id that came', async () => {
    const { status, body, headers } = await served.ask(at, { id: 'a"b', inputs: [x] });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        model_name: 'double',
        model_version: '2',
        id: 'a"b',
        outputs: [{ name: 'y', datatype: 'FP32', shape: [1, 3], data: [2, 5, -6] }],
      },
    });
    expect(headers.get('content-type')).toBe('application/json');
  });

  it('answers with the version in the address, and with no id where none came', async () => {
    const { body } = await served.ask('/v2/models/double/versions/1/infer', { inputs: [x] });
    expect(body).toMatchObject({ model_version: '1' });
    expect(body).not.toHaveProperty('id');
  });

  it('takes nested data, zero rows, and 10000 rows', async () => {
    const nested = {
      ...x,
      shape: [2, 3],
      data: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    };
    expect((await served.ask(at, { inputs: [nested] })).body).toMatchObject({
      outputs: [{ shape: [2, 3], data: [2, 4, 6, 8, 10, 12] }],
    });
    const none = { ...x, shape: [0, 3], data: [] };
    expect((await served.ask(at, { inputs: [none] })).body).toMatchObject({
      outputs: [{ shape: [0, 3], data: [] }],
    });
    const many = { ...x, shape: [10_000, 3], data: Array.from({ length: 30_000 }, (_, i) => i) };
    const { body } = await served.ask(at, { inputs: [many] });
    expect(body).toMatchObject({ outputs: [{ data: many.data.map((value) => value * 2) }] });
  });

  it('carries null as NaN and back, and refuses infinity in JSON, naming the output', async () => {
    expect((await served.ask(at, { inputs: [{ ...x, data: [null, 0, 1] }] })).body).toMatchObject({
      outputs: [{ data: [null, 0, 2] }],
    });
    const { status, body } = await served.ask(at, { inputs: [{ ...x, data: [3e38, 0, 1] }] });
    expect(status).toBe(400);
    expect(body).toEqual({
      error: 'output "y" is infinite for these rows, which JSON cannot say: ask for it as binary data',
    });
  });

  it('gives the outputs that are wanted, each as JSON or as bytes, the flag of one winning over that of all', async () => {
    const inputs = kindInputs();
    const outputs = [
      { name: 'out_i64' },
      { name: 'out_flag', parameters: { binary_data: false } },
      { name: 'out_f64', parameters: { binary_data: true } },
    ];
    const told = await askBinary(
      '/v2/models/kinds/infer',
      { inputs, outputs, parameters: { binary_data_output: true } },
      Buffer.alloc(0),
    );
    expect(told.json.outputs).toEqual([
      { name: 'out_i64', datatype: 'INT64', shape: [2], parameters: { binary_data_size: 16 } },
      { name: 'out_flag', datatype: 'BOOL', shape: [2], data: [true, false] },
      { name: 'out_f64', datatype: 'FP64', shape: [2, 1], parameters: { binary_data_size: 16 } },
    ]);
    expect(told.bytes.readBigInt64LE(0)).toBe(9007199254740992n);
    expect(told.bytes.readDoubleLE(16)).toBe(0.1);
  });

  it('answers bytes with the same tensors as JSON, for every type', async () => {
    const inputs = kindInputs();
    const asJson = await served.ask('/v2/models/kinds/infer', { inputs });
    const first = await askBinary(
      '/v2/models/kinds/infer',
      { inputs, parameters: { binary_data_output: true } },
      Buffer.alloc(0),
    );
    expect(first.type).toBe('application/octet-stream');
    const sizes = first.json.outputs.map(({ parameters }) => parameters);
    const again = inputs.map(({ data: _, ...input }, i) => ({ ...input, parameters: sizes[i] }));
    const second = await askBinary('/v2/models/kinds/infer', { inputs: again }, first.bytes);
    expect(second.status).toBe(200);
    expect(second.json).toEqual(asJson.body);
  });

  it('carries integers beyond 2^53 digit by digit', async () => {
    const inputs = JSON.stringify(kindInputs()).replace(
      '[9007199254740992,-1]',
      '[9007199254740993,-9223372036854775808]',
    );
    const response = await fetch(`${served.base}/v2/models/kinds/infer`, {
      method: 'POST',
      body: `{"inputs":${inputs}}`,
    });
    expect(await response.text()).toContain('"data":[9007199254740993,-9223372036854775808]');
  });

  it('carries infinity in bytes', async () => {
    const bytes = Buffer.from(Float32Array.of(Infinity, -Infinity, NaN).buffer);
    const { data: _, ...input } = x;
    const inputs = [{ ...input, parameters: { binary_data_size: 12 } }];
    const told = await askBinary(at, { inputs, parameters: { binary_data_output: true } }, bytes);
    expect([0, 4, 8].map((place) => told.bytes.readFloatLE(place))).toEqual([Infinity, -Infinity, NaN]);
  });

  it('takes a body that is the bytes of one row, and answers it in bytes', async () => {
    const told = await askBinary(at, null, Buffer.from(Float32Array.of(1, 2, 3).buffer));
    expect(told.json).toMatchObject({
      outputs: [{ name: 'y', shape: [1, 3], parameters: { binary_data_size: 12 } }],
    });
    expect([0, 4, 8].map((place) => told.bytes.readFloatLE(place))).toEqual([2, 4, 6]);
  });

  it('hands the time-out in milliseconds and the priority on, and ignores any other parameter', async () => {
    served.plane.asked.length = 0;
    await served.ask(at, {
      inputs: [x],
      parameters: { timeout: 2_500_000, priority: 1, mine: 'yes', n: 3, b: true },
    });
    await served.ask(at, { inputs: [x], parameters: { timeout: 0, priority: 0, sequence_id: 0 } });
    expect(served.plane.asked.map(({ timeoutMs, priority }) => [timeoutMs, priority])).toEqual([
      [2500, 1],
      [undefined, undefined],
    ]);
  });

  it('inflates a body that came compressed', async () => {
    const body = gzipSync(JSON.stringify({ inputs: [x] }));
    expect(await served.ask(at, body, { 'content-encoding': 'gzip' })).toMatchObject({ status: 200 });
  });
});

function kindInputs() {
  return [
    { name: 'f32', datatype: 'FP32', shape: [2, 2], data: [0.5, null, -1.25, 3] },
    { name: 'f64', datatype: 'FP64', shape: [2, 1], data: [0.1, null] },
    { name: 'i64', datatype: 'INT64', shape: [2], data: [9007199254740992, -1] },
    { name: 'i32', datatype: 'INT32', shape: [2], data: [-2147483648, 7] },
    { name: 'flag', datatype: 'BOOL', shape: [2], data: [true, false] },
    { name: 'text', datatype: 'BYTES', shape: [2], data: ['ü😀', ''] },
  ];
}
