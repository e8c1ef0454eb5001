import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TensorType, tensorTypes } from '../../domain/onnx/model-interface.js';
import type { Serving } from '../../serving/open-serving.js';
import { parseExactJson } from '../../serving/tensors/exact-json.js';
import { type Message, openClients } from './grpc/grpc-room.js';
import { openServer, servingRoom } from './serving-room.js';
import { passes } from './small-models.js';

type Element = number | bigint | boolean | string;

/** A datatype, its list in gRPC, and elements at its edges; NaN where it has one, infinity where only bytes have it. */
interface Kind {
  readonly datatype: string;
  readonly field: string;
  readonly elements: readonly Element[];
  readonly bytes: (elements: readonly Element[]) => Buffer;
}

const arrayBytes =
  (make: (elements: readonly never[]) => ArrayBufferView): Kind['bytes'] =>
  (elements) => {
    const array = make(elements as readonly never[]);
    return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  };
const texts: Kind['bytes'] = (elements) =>
  Buffer.concat(
    elements.flatMap((element) => {
      const bytes = Buffer.from(String(element));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
const edges32 = [0, -0, Math.fround(0.1), Number.NaN, -3.4028234663852886e38, 2 ** -149];

const kinds: Readonly<Record<Exclude<TensorType, 'float16'>, Kind>> = {
  float32: kind('FP32', 'fp32_contents', edges32, (of) => Float32Array.from(of)),
  float64: kind('FP64', 'fp64_contents', [...edges32, 0.1, 5e-324, 1.7976931348623157e308], (of) =>
    Float64Array.from(of),
  ),
  int8: kind('INT8', 'int_contents', [-128, 0, 127], (of) => Int8Array.from(of)),
  int16: kind('INT16', 'int_contents', [-32_768, 0, 32_767], (of) => Int16Array.from(of)),
  int32: kind('INT32', 'int_contents', [-(2 ** 31), 0, 2 ** 31 - 1], (of) => Int32Array.from(of)),
  int64: kind('INT64', 'int64_contents', [-(2n ** 63n), 2n ** 53n + 1n, 2n ** 63n - 1n, 0n], (of) =>
    BigInt64Array.from(of),
  ),
  uint8: kind('UINT8', 'uint_contents', [0, 255], (of) => Uint8Array.from(of)),
  uint16: kind('UINT16', 'uint_contents', [0, 65_535], (of) => Uint16Array.from(of)),
  uint32: kind('UINT32', 'uint_contents', [0, 2 ** 32 - 1], (of) => Uint32Array.from(of)),
  uint64: kind('UINT64', 'uint64_contents', [0n, 2n ** 53n + 1n, 2n ** 64n - 1n], (of) =>
    BigUint64Array.from(of),
  ),
  bool: kind('BOOL', 'bool_contents', [true, false], (of) => Uint8Array.from(of, Number)),
  string: {
    ...kind('BYTES', 'bytes_contents', ['', 'zürich', '𝛼"\\\n'], () => new Uint8Array()),
    bytes: texts,
  },
};
const types = tensorTypes.filter((type): type is keyof typeof kinds => type !== 'float16');

function kind(
  datatype: string,
  field: string,
  elements: readonly Element[],
  make: (elements: readonly never[]) => ArrayBufferView,
): Kind {
  return { datatype, field, elements, bytes: arrayBytes(make) };
}

const room = servingRoom();
let serving: Serving;
let clients: ReturnType<typeof openClients>;
beforeAll(async () => {
  const files = { 'all/1/model.onnx': passes(tensorTypes), 'listed/1/model.onnx': passes(types) };
  serving = await openServer(room.repositoryOf(files));
  clients = openClients(Number(serving.at.grpc.split(':').at(-1)));
});
afterAll(async () => {
  clients.close();
  await serving.close();
});

const rowsOf = (type: keyof typeof kinds, rows: number): readonly Element[] => {
  const { elements } = kinds[type];
  return Array.from({ length: rows }, (_, i) => elements[i % elements.length] ?? 0);
};
const headOf = (type: keyof typeof kinds, rows: number) => ({
  name: type,
  datatype: kinds[type].datatype,
  shape: [rows, 1],
});

async function overHttp(model: string, body: Buffer, jsonBytes?: number) {
  const headers = jsonBytes === undefined ? {} : { 'inference-header-content-length': String(jsonBytes) };
  const response = await fetch(`${serving.at.http}/v2/models/${model}/infer`, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: new Uint8Array(body),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, bytes, length: response.headers.get('inference-header-content-length') };
}

/** Bytes of each output, by the form that the request and its answer have. */
const forms: Readonly<Record<string, (rows: number) => Promise<readonly Buffer[]>>> = {
  async 'JSON over REST'(rows) {
    const jsonOf = (element: Element) => {
      if (Number.isNaN(element)) return 'null';
      if (Object.is(element, -0)) return '-0';
      return typeof element === 'string' ? JSON.stringify(element) : String(element);
    };
    const inputs = types.map((type) => {
      const data = rowsOf(type, rows).map(jsonOf).join(',');
      return `${JSON.stringify(headOf(type, rows)).slice(0, -1)},"data":[${data}]}`;
    });
    const { status, bytes } = await overHttp('listed', Buffer.from(`{"inputs":[${inputs.join(',')}]}`));
    expect(status, bytes.toString()).toBe(200);
    const answer = parseExactJson(bytes.toString()) as { outputs: { data: (Element | null)[] }[] };
    return answer.outputs.map(({ data }, i) => {
      const type = types[i] ?? 'string';
      const isBig = type === 'int64' || type === 'uint64';
      const elements = data.map((element) => element ?? Number.NaN);
      return kinds[type].bytes(isBig ? elements.map((element) => BigInt(element as number)) : elements);
    });
  },

  async 'bytes over REST'(rows) {
    const sent = types.map((type) => kinds[type].bytes(rowsOf(type, rows)));
    const inputs = types.map((type, i) => ({
      ...headOf(type, rows),
      parameters: { binary_data_size: sent[i]?.length },
    }));
    const json = Buffer.from(JSON.stringify({ inputs, parameters: { binary_data_output: true } }));
    const { status, bytes, length } = await overHttp('listed', Buffer.concat([json, ...sent]), json.length);
    expect(status, bytes.toString()).toBe(200);
    let at = Number(length);
    const { outputs } = JSON.parse(bytes.subarray(0, at).toString()) as Message;
    return outputs.map(({ parameters }: Message) => {
      at += parameters.binary_data_size;
      return bytes.subarray(at - parameters.binary_data_size, at);
    });
  },

  async 'raw contents over gRPC'(rows) {
    const answer = await overGrpc({
      inputs: types.map((type) => headOf(type, rows)),
      raw_input_contents: types.map((type) => kinds[type].bytes(rowsOf(type, rows))),
    });
    return answer.raw_output_contents;
  },

  async 'typed contents over gRPC'(rows) {
    const answer = await overGrpc({
      inputs: types.map((type) => {
        const elements = rowsOf(type, rows).map((element) => {
          if (typeof element === 'bigint') return String(element);
          return typeof element === 'string' ? Buffer.from(element) : element;
        });
        return { ...headOf(type, rows), contents: { [kinds[type].field]: elements } };
      }),
    });
    return answer.outputs.map(({ contents }: Message, i: number) => {
      const type = types[i] ?? 'string';
      const isBig = type === 'int64' || type === 'uint64';
      const elements = (contents?.[kinds[type].field] ?? []) as Element[];
      return kinds[type].bytes(isBig ? elements.map((element) => BigInt(element as string)) : elements);
    });
  },
};

function overGrpc(message: object): Promise<Message> {
  return new Promise((resolve, reject) =>
    clients.infer.ModelInfer({ model_name: 'listed', ...message }, (error: Error | null, answer: Message) =>
      error === null ? resolve(answer) : reject(error),
    ),
  );
}

for (const [form, send] of Object.entries(forms)) {
  test.each(['0', '1', '10000'])(`%s rows of every datatype come back equal as ${form}`, async (count) => {
    const rows = Number(count);
    const came = await send(rows);
    expect(came).toHaveLength(types.length);
    for (const [i, type] of types.entries()) {
      expect(came[i]?.equals(kinds[type].bytes(rowsOf(type, rows))), type).toBe(true);
    }
  });
}

test('infinity and FP16 come back equal as bytes, over REST and over gRPC', async () => {
  const halves = Buffer.from(Uint16Array.of(0x7c00, 0xfc00, 0x7e00, 0x3c01).buffer);
  const singles = Buffer.from(Float32Array.of(Infinity, -Infinity, Number.NaN, 1).buffer);
  const sent = tensorTypes.map((type) => {
    if (type === 'float16') return halves;
    return type === 'float32' ? singles : kinds[type].bytes(rowsOf(type, 4));
  });
  const heads = tensorTypes.map((type) =>
    type === 'float16' ? { name: type, datatype: 'FP16', shape: [4, 1] } : headOf(type, 4),
  );
  const raw = await overGrpc({ model_name: 'all', inputs: heads, raw_input_contents: sent });
  expect(Buffer.concat(raw.raw_output_contents).equals(Buffer.concat(sent))).toBe(true);
  const inputs = heads.map((head, i) => ({ ...head, parameters: { binary_data_size: sent[i]?.length } }));
  const json = Buffer.from(JSON.stringify({ inputs, parameters: { binary_data_output: true } }));
  const { bytes, length } = await overHttp('all', Buffer.concat([json, ...sent]), json.length);
  expect(bytes.subarray(Number(length)).equals(Buffer.concat(sent))).toBe(true);
});

test('infinity and FP16 have no form in JSON: the answer names the tensor', async () => {
  const asJson = async (inputs: readonly object[], bytes: Buffer) => {
    const json = Buffer.from(JSON.stringify({ inputs }));
    const answer = await overHttp('listed', Buffer.concat([json, bytes]), json.length);
    return { status: answer.status, ...(JSON.parse(answer.bytes.toString()) as object) };
  };
  const sent = types.map((type) =>
    type === 'float32' ? kinds.float32.bytes([Infinity]) : kinds[type].bytes(rowsOf(type, 1)),
  );
  const inputs = types.map((type, i) => ({
    ...headOf(type, 1),
    parameters: { binary_data_size: sent[i]?.length },
  }));
  expect(await asJson(inputs, Buffer.concat(sent))).toEqual({
    status: 400,
    error:
      'output "out_float32" is infinite for these rows, which JSON cannot say: ask for it as binary data',
  });
  const half = { name: 'float16', datatype: 'FP16', shape: [1, 1], data: [1] };
  expect(await asJson([half], Buffer.alloc(0))).toEqual({
    status: 400,
    error: 'tensor "float16" is FP16, which has no JSON form: send it as binary data',
  });
});
