import { join } from 'node:path';
import { credentials, loadPackageDefinition, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TensorType, tensorTypes } from '../../domain/onnx/model-interface.js';
import type { Serving } from '../../serving/open-serving.js';
import { parseExactJson } from '../../serving/tensors/exact-json.js';
import { openServer, servingRoom } from './serving-room.js';
import { passes } from './small-models.js';

interface Case {
  readonly datatype: string;
  readonly raw: Buffer;
  /** Null where there is no such form. */
  readonly json: string | null;
  readonly typed: { readonly field: string; readonly elements: readonly unknown[] } | null;
}

const bytesOf = (data: ArrayBufferView) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);
const whole = (datatype: string, field: string, data: ArrayLike<number> & ArrayBufferView): Case => {
  const elements = Array.from(data);
  return { datatype, raw: bytesOf(data), json: JSON.stringify(elements), typed: { field, elements } };
};
const long = (datatype: string, field: string, data: BigInt64Array | BigUint64Array): Case => {
  const elements = Array.from(data as BigInt64Array, String);
  return { datatype, raw: bytesOf(data), json: `[${elements.join(',')}]`, typed: { field, elements } };
};

/** Two rows of each. */
const cases: Readonly<Record<TensorType, Case>> = {
  float32: {
    ...whole('FP32', 'fp32_contents', Float32Array.of(Math.fround(0.1), Number.NaN)),
    json: `[${Math.fround(0.1)},null]`,
  },
  float64: { ...whole('FP64', 'fp64_contents', Float64Array.of(5e-324, Number.NaN)), json: '[5e-324,null]' },
  float16: { datatype: 'FP16', raw: bytesOf(Uint16Array.of(0x3c01, 0xfc00)), json: null, typed: null },
  int8: whole('INT8', 'int_contents', Int8Array.of(-128, 127)),
  int16: whole('INT16', 'int_contents', Int16Array.of(-32_768, 32_767)),
  int32: whole('INT32', 'int_contents', Int32Array.of(-2_147_483_648, 2_147_483_647)),
  int64: long('INT64', 'int64_contents', BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n)),
  uint8: whole('UINT8', 'uint_contents', Uint8Array.of(0, 255)),
  uint16: whole('UINT16', 'uint_contents', Uint16Array.of(0, 65_535)),
  uint32: whole('UINT32', 'uint_contents', Uint32Array.of(0, 4_294_967_295)),
  uint64: long('UINT64', 'uint64_contents', BigUint64Array.of(2n ** 53n + 1n, 2n ** 64n - 1n)),
  bool: {
    datatype: 'BOOL',
    raw: Buffer.from([1, 0]),
    json: '[true,false]',
    typed: { field: 'bool_contents', elements: [true, false] },
  },
  string: {
    datatype: 'BYTES',
    raw: Buffer.from([2, 0, 0, 0, 0xc3, 0xbc, 0, 0, 0, 0]),
    json: '["ü",""]',
    typed: { field: 'bytes_contents', elements: [Buffer.from('ü'), Buffer.from('')] },
  },
};
const all = tensorTypes.map((type) => ({ type, ...cases[type] }));
/** Those with a list of gRPC. */
const listed = all.flatMap(({ typed, ...sent }) => (typed === null ? [] : [{ ...sent, typed }]));
const withJson = all.filter(({ json }) => json !== null);

const room = servingRoom();
let serving: Serving;
beforeAll(async () => {
  serving = await openServer(
    room.repositoryOf({
      'all/1/model.onnx': passes(tensorTypes),
      'listed/1/model.onnx': passes(listed.map(({ type }) => type)),
    }),
  );
});
afterAll(() => serving.close());

const headOf = ({ type, datatype }: { type: string; datatype: string }) => ({
  name: type,
  datatype,
  shape: [2, 1],
});

test('every datatype comes back equal as bytes over HTTP, from the model itself', async () => {
  const inputs = all.map((sent) => ({ ...headOf(sent), parameters: { binary_data_size: sent.raw.length } }));
  const json = Buffer.from(JSON.stringify({ inputs, parameters: { binary_data_output: true } }));
  const response = await fetch(`${serving.at.http}/v2/models/all/infer`, {
    method: 'POST',
    headers: { 'inference-header-content-length': String(json.length) },
    body: new Uint8Array(Buffer.concat([json, ...all.map(({ raw }) => raw)])),
  });
  const body = Buffer.from(await response.arrayBuffer());
  expect(response.status, body.toString()).toBe(200);
  const length = Number(response.headers.get('inference-header-content-length'));
  const { outputs } = JSON.parse(body.subarray(0, length).toString()) as { outputs: { datatype: string }[] };
  expect(outputs.map(({ datatype }) => datatype)).toEqual(all.map(({ datatype }) => datatype));
  expect(body.subarray(length)).toEqual(Buffer.concat(all.map(({ raw }) => raw)));
});

test('every datatype that JSON can say comes back equal in JSON, and FP16 beside it as bytes', async () => {
  const { raw } = cases.float16;
  const half = {
    ...headOf({ type: 'float16', datatype: 'FP16' }),
    parameters: { binary_data_size: raw.length },
  };
  const heads = withJson.map((sent) => {
    const { name, datatype, shape } = headOf(sent);
    return `{"name":"${name}","datatype":"${datatype}","shape":${JSON.stringify(shape)},"data":${sent.json}}`;
  });
  const outputs = JSON.stringify(withJson.map(({ type }) => ({ name: `out_${type}` })));
  const json = Buffer.from(`{"inputs":[${[...heads, JSON.stringify(half)].join(',')}],"outputs":${outputs}}`);
  const response = await fetch(`${serving.at.http}/v2/models/all/infer`, {
    method: 'POST',
    headers: { 'inference-header-content-length': String(json.length) },
    body: new Uint8Array(Buffer.concat([json, raw])),
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const answer = parseExactJson(text) as { outputs: { data: unknown }[] };
  expect(answer.outputs.map(({ data }) => data)).toEqual(
    withJson.map(({ json: own }) => parseExactJson(own ?? '')),
  );
});

test('every datatype comes back equal over gRPC, raw and, where it has a list, typed', async () => {
  const protos = join(import.meta.dirname, '../../serving/grpc/protos/inference.proto');
  const definition = loadSync(protos, { keepCase: true, longs: String, defaults: true });
  const { inference } = loadPackageDefinition(definition) as unknown as ReturnType<JSON['parse']>;
  const client = new inference.GRPCInferenceService(serving.at.grpc, credentials.createInsecure());
  const infer = (model_name: string, message: object) =>
    new Promise<ReturnType<JSON['parse']>>((resolve, reject) =>
      client.ModelInfer({ model_name, ...message }, (error: ServiceError | null, answer: object) =>
        error === null ? resolve(answer) : reject(error),
      ),
    );
  const raw = await infer('all', {
    inputs: all.map(headOf),
    raw_input_contents: all.map((sent) => sent.raw),
  });
  expect(raw.raw_output_contents).toEqual(all.map((sent) => sent.raw));
  const inputs = listed.map((sent) => ({
    ...headOf(sent),
    contents: { [sent.typed.field]: sent.typed.elements },
  }));
  const typed = await infer('listed', { inputs });
  const answered = listed.map(({ typed: { field } }, i) => typed.outputs[i].contents[field]);
  expect(answered).toEqual(listed.map((sent) => sent.typed.elements));
  await expect(infer('all', { inputs: [headOf({ type: 'float16', datatype: 'FP16' })] })).rejects.toThrow(
    /tensor "float16" is FP16, which has no typed contents: send it as raw contents/,
  );
  client.close();
});
