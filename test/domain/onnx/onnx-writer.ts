import { type Bytes, blob, concat, int, message, text } from './proto-writer.js';

/** Pieces of ONNX files. Each returns a message's bytes; `model` is a whole file. */
export const FLOAT = 1;
export const INT64 = 7;
export const STRING = 8;
export const BOOL = 9;

export interface ModelParts {
  readonly graph?: Uint8Array;
  readonly ir?: number;
  readonly imports?: readonly (readonly [domain: string, version: number])[];
  readonly functions?: readonly Uint8Array[];
  readonly more?: readonly Uint8Array[];
}

export function model({
  graph: g = identityGraph(),
  ir = 8,
  imports = [['', 17]],
  functions = [],
  more = [],
}: ModelParts = {}): Bytes {
  return concat(
    int(1, ir),
    text(2, 'onnx-writer'),
    blob(7, g),
    ...imports.map(([domain, version]) => message(8, text(1, domain), int(2, version))),
    ...functions.map((f) => blob(25, f)),
    ...more,
  );
}

export interface GraphParts {
  readonly nodes?: readonly Uint8Array[];
  readonly initializers?: readonly Uint8Array[];
  readonly inputs?: readonly Uint8Array[];
  readonly outputs?: readonly Uint8Array[];
}

export function graph({
  nodes = [],
  initializers = [],
  inputs = [value('x')],
  outputs = [value('y')],
}: GraphParts): Bytes {
  return concat(
    ...nodes.map((n) => blob(1, n)),
    text(2, 'graph'),
    ...initializers.map((t) => blob(5, t)),
    ...inputs.map((v) => blob(11, v)),
    ...outputs.map((v) => blob(12, v)),
  );
}

const identityGraph = (): Bytes => graph({ nodes: [node('Identity', ['x'], ['y'])] });

export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  { domain = '', attributes = [] as readonly Uint8Array[] } = {},
): Bytes {
  return concat(
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operator),
    ...attributes.map((a) => blob(5, a)),
    ...(domain === '' ? [] : [text(7, domain)]),
  );
}

const GRAPH_ATTRIBUTE = 5;
const TENSOR_ATTRIBUTE = 4;
export const graphAttribute = (name: string, g: Uint8Array): Bytes =>
  concat(text(1, name), blob(6, g), int(20, GRAPH_ATTRIBUTE));
export const tensorAttribute = (name: string, t: Uint8Array): Bytes =>
  concat(text(1, name), blob(5, t), int(20, TENSOR_ATTRIBUTE));

/** A tensor value; a dimension is a size or a name. */
export function value(name: string, type = FLOAT, shape: readonly (number | string)[] = ['N', 1]): Bytes {
  const dims = shape.map((d) => message(1, typeof d === 'string' ? text(2, d) : int(1, d)));
  return concat(text(1, name), message(2, message(1, int(1, type), message(2, ...dims))));
}

export interface TensorParts {
  readonly name?: string;
  readonly type?: number;
  readonly dims?: readonly (number | bigint)[];
  readonly raw?: Uint8Array;
  readonly more?: readonly Uint8Array[];
}

export function tensor({ name = 't', type = FLOAT, dims = [], raw, more = [] }: TensorParts): Bytes {
  return concat(
    ...dims.map((d) => int(1, d)),
    int(2, type),
    text(8, name),
    ...(raw === undefined ? [] : [blob(9, raw)]),
    ...more,
  );
}

export const int64Tensor = (name: string, values: readonly bigint[]): Bytes =>
  tensor({
    name,
    type: INT64,
    dims: [values.length],
    raw: new Uint8Array(BigInt64Array.from(values).buffer),
  });

export function modelFunction(
  domain: string,
  name: string,
  nodes: readonly Uint8Array[],
  imports: readonly (readonly [string, number])[] = [['', 17]],
): Bytes {
  return concat(
    text(1, name),
    text(4, 'a'),
    text(5, 'b'),
    ...nodes.map((n) => blob(7, n)),
    ...imports.map(([d, version]) => message(9, text(1, d), int(2, version))),
    text(10, domain),
  );
}
