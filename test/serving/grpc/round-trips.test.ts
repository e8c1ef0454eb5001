import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GrpcRoom, type Message, openGrpcRoom } from './grpc-room.js';

let room: GrpcRoom;
beforeAll(async () => {
  room = await openGrpcRoom();
});
afterAll(() => room.close());

interface Case {
  readonly type: string;
  readonly datatype: string;
  readonly field: string;
  /** As a client writes and reads them. */
  readonly elements: readonly unknown[];
  readonly raw: Buffer;
}

/** Bytes of numbers, written one by one. */
function bytesOf(size: number, write: (bytes: Buffer, at: number, i: number) => void, count: number): Buffer {
  const bytes = Buffer.alloc(size * count);
  for (let i = 0; i < count; i += 1) write(bytes, i * size, i);
  return bytes;
}

const float32s = [1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Math.fround(0.1)];
const float64s = [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, Number.MAX_VALUE];
const int64s = ['9007199254740993', '-9223372036854775808', '9223372036854775807', '-1', '0', '4294967296'];
const int32s = [0, -1, 2147483647, -2147483648, 7, 65536];
const uint64s = ['9007199254740993', '18446744073709551615', '0', '1', '4294967296', '9223372036854775808'];
const texts = ['', 'a', 'zürich', '𝛼', 'line\nbreak', '\u0000'];

function wholes(
  type: string,
  field: string,
  numbers: Int8Array | Int16Array | Uint8Array | Uint16Array | Uint32Array,
): readonly Case[] {
  const raw = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return [{ type, datatype: type.toUpperCase(), field, elements: [...numbers], raw }];
}

const cases: readonly Case[] = [
  {
    type: 'float32',
    datatype: 'FP32',
    field: 'fp32_contents',
    elements: float32s,
    raw: bytesOf(4, (bytes, at, i) => bytes.writeFloatLE(float32s[i] ?? 0, at), 6),
  },
  {
    type: 'float64',
    datatype: 'FP64',
    field: 'fp64_contents',
    elements: float64s,
    raw: bytesOf(8, (bytes, at, i) => bytes.writeDoubleLE(float64s[i] ?? 0, at), 6),
  },
  {
    type: 'int64',
    datatype: 'INT64',
    field: 'int64_contents',
    elements: int64s,
    raw: bytesOf(8, (bytes, at, i) => bytes.writeBigInt64LE(BigInt(int64s[i] ?? 0), at), 6),
  },
  {
    type: 'int32',
    datatype: 'INT32',
    field: 'int_contents',
    elements: int32s,
    raw: bytesOf(4, (bytes, at, i) => bytes.writeInt32LE(int32s[i] ?? 0, at), 6),
  },
  ...wholes('int8', 'int_contents', Int8Array.of(0, -1, 127, -128, 7, 1)),
  ...wholes('int16', 'int_contents', Int16Array.of(0, -1, 32_767, -32_768, 7, 256)),
  ...wholes('uint8', 'uint_contents', Uint8Array.of(0, 255, 1, 2, 3, 4)),
  ...wholes('uint16', 'uint_contents', Uint16Array.of(0, 65_535, 256, 2, 3, 4)),
  ...wholes('uint32', 'uint_contents', Uint32Array.of(0, 4_294_967_295, 65_536, 2, 3, 4)),
  {
    type: 'uint64',
    datatype: 'UINT64',
    field: 'uint64_contents',
    elements: uint64s,
    raw: bytesOf(8, (bytes, at, i) => bytes.writeBigUInt64LE(BigInt(uint64s[i] ?? 0), at), 6),
  },
  {
    type: 'bool',
    datatype: 'BOOL',
    field: 'bool_contents',
    elements: [true, false, true, true, false, false],
    raw: Buffer.from([1, 0, 1, 1, 0, 0]),
  },
  {
    type: 'string',
    datatype: 'BYTES',
    field: 'bytes_contents',
    elements: texts.map((text) => Buffer.from(text)),
    raw: Buffer.concat(
      texts.flatMap((text) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(Buffer.byteLength(text));
        return [length, Buffer.from(text)];
      }),
    ),
  },
];

const input = ({ type, datatype }: Case, shape: readonly number[]) => ({
  name: `a_${type}`,
  datatype,
  shape,
});

test.each(cases)('$datatype comes back as it was sent, typed', async (sent) => {
  const inputs = [{ ...input(sent, [3, 2]), contents: { [sent.field]: sent.elements } }];
  const { answer } = await room.call('ModelInfer', { model_name: 'echo', id: 'x-1', inputs });
  expect(answer).toMatchObject({
    model_name: 'echo',
    model_version: '2',
    id: 'x-1',
    raw_output_contents: [],
  });
  expect(answer.outputs).toHaveLength(1);
  expect(answer.outputs[0]).toMatchObject({
    name: `a_${sent.type}`,
    datatype: sent.datatype,
    shape: ['3', '2'],
  });
  expect(answer.outputs[0].contents[sent.field]).toEqual(sent.elements);
});

test.each(cases)('$datatype comes back as it was sent, raw', async (sent) => {
  const message = { model_name: 'echo', inputs: [input(sent, [6])], raw_input_contents: [sent.raw] };
  const { answer } = await room.call('ModelInfer', message);
  expect(answer.raw_output_contents).toEqual([sent.raw]);
  expect(answer.outputs[0]).toMatchObject({ datatype: sent.datatype, shape: ['6'], contents: null });
});

test.each(cases)('$datatype is the same tensor to the data plane, typed and raw', async (sent) => {
  await room.call('ModelInfer', {
    model_name: 'echo',
    inputs: [{ ...input(sent, [6]), contents: { [sent.field]: sent.elements } }],
  });
  const typed = room.plane.requests.at(-1)?.inputs;
  await room.call('ModelInfer', {
    model_name: 'echo',
    inputs: [input(sent, [6])],
    raw_input_contents: [sent.raw],
  });
  expect(typed?.[0]?.data).toHaveLength(6);
  expect(room.plane.requests.at(-1)?.inputs).toEqual(typed);
});

test.each(cases)('$datatype may have no rows, typed and raw', async (sent) => {
  const typed = await room.call('ModelInfer', { model_name: 'echo', inputs: [input(sent, [0, 2])] });
  expect(typed.answer.outputs[0]).toMatchObject({ shape: ['0', '2'] });
  const message = { model_name: 'echo', inputs: [input(sent, [0])], raw_input_contents: [Buffer.alloc(0)] };
  const raw = await room.call('ModelInfer', message);
  expect(raw.answer).toMatchObject({ raw_output_contents: [Buffer.alloc(0)], outputs: [{ shape: ['0'] }] });
});

test('FP16 comes back as it was sent, raw, and has no typed contents in either direction', async () => {
  const head = { name: 'a_float16', datatype: 'FP16', shape: [3] };
  const raw = Buffer.from(Uint16Array.of(0x3c00, 0x7e00, 0xfc00).buffer);
  const { answer } = await room.call('ModelInfer', {
    model_name: 'echo',
    inputs: [head],
    raw_input_contents: [raw],
  });
  expect(answer.raw_output_contents).toEqual([raw]);
  const contents = { fp32_contents: [1, 2, 3] };
  const typed = await room.call('ModelInfer', { model_name: 'echo', inputs: [{ ...head, contents }] });
  expect(typed).toMatchObject({
    code: 3,
    details: 'tensor "a_float16" is FP16, which has no typed contents: send it as raw contents',
  });
});

test.each([
  ['INT8', 'int_contents', 128, '-128 to 127'],
  ['INT16', 'int_contents', -32_769, '-32768 to 32767'],
  ['UINT8', 'uint_contents', 256, '0 to 255'],
  ['UINT16', 'uint_contents', 65_536, '0 to 65535'],
])('an element beyond %s is refused, though its list holds it', async (datatype, field, element, range) => {
  const name = `a_${datatype.toLowerCase()}`;
  const inputs = [{ name, datatype, shape: [1], contents: { [field]: [element] } }];
  const { code, details } = await room.call('ModelInfer', { model_name: 'echo', inputs });
  expect([code, details]).toEqual([3, `tensor "${name}" has ${element} as ${datatype}, allowed is ${range}`]);
});

test('all types in one request come back under their names, in the order that is asked for', async () => {
  const wanted = cases.map(({ type }) => `a_${type}`).reverse();
  const { answer } = await room.call('ModelInfer', {
    model_name: 'echo',
    model_version: '1',
    inputs: cases.map((sent) => input(sent, [6])),
    outputs: wanted.map((name) => ({ name })),
    raw_input_contents: cases.map(({ raw }) => raw),
  });
  expect(answer.model_version).toBe('1');
  expect(answer.outputs.map(({ name }: Message) => name)).toEqual(wanted);
  expect(answer.raw_output_contents).toEqual(cases.map(({ raw }) => raw).reverse());
});

test('10,000 rows of 12 columns come back equal, raw and typed', async () => {
  const numbers = Float32Array.from({ length: 120_000 }, (_, i) => i / 7);
  const shape = [10_000, 12];
  const head = { name: 'a_float32', datatype: 'FP32', shape };
  const bytes = Buffer.from(numbers.buffer);
  const raw = await room.call('ModelInfer', {
    model_name: 'echo',
    inputs: [head],
    raw_input_contents: [bytes],
  });
  expect(raw.answer.raw_output_contents[0].equals(bytes)).toBe(true);
  const contents = { fp32_contents: Array.from(numbers) };
  const typed = await room.call('ModelInfer', { model_name: 'echo', inputs: [{ ...head, contents }] });
  expect(typed.answer.outputs[0].contents.fp32_contents).toEqual(contents.fp32_contents);
});

test('two hundred calls at a time each have their own answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      room.call('ModelInfer', {
        model_name: 'echo',
        id: `call-${i}`,
        inputs: [{ name: 'a_int32', datatype: 'INT32', shape: [1], contents: { int_contents: [i] } }],
      }),
    ),
  );
  expect(answers.map(({ answer }) => [answer.id, answer.outputs[0].contents.int_contents])).toEqual(
    Array.from({ length: 200 }, (_, i) => [`call-${i}`, [i]]),
  );
});
