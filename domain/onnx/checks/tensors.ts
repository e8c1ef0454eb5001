import type { Finding } from '../../verdict.js';
import { type ElementType, elementTypes } from '../element-types.js';
import { structureLimits } from '../limits.js';
import type { OnnxModel, OnnxSparseTensor, OnnxTensor } from '../model-proto.js';
import { broken } from './broken.js';
import { nameOf, scopesOf } from './scopes.js';

/** Every tensor in the file holds exactly what its dims say, in the file itself. */
export function* checkTensors(model: OnnxModel): Generator<Finding> {
  for (const { where, graph, nodes } of scopesOf(model)) {
    for (const t of graph?.initializers ?? []) yield* checkTensor(t, `tensor "${t.name}" in ${where}`);
    for (const t of graph?.sparseInitializers ?? []) yield* checkSparse(t, `a sparse tensor in ${where}`);
    for (const node of nodes) {
      for (const t of node.tensors) yield* checkTensor(t, `the tensor of ${nameOf(node)}`);
      for (const t of node.sparseTensors) yield* checkSparse(t, `the sparse tensor of ${nameOf(node)}`);
    }
  }
}

function* checkSparse(tensor: OnnxSparseTensor, what: string): Generator<Finding> {
  yield* checkTensor(tensor.values, `the values of ${what}`);
  yield* checkTensor(tensor.indices, `the indices of ${what}`);
  const size = sizeOf(tensor.dims);
  if (typeof size === 'string') yield broken('tensor-size', `${what} ${size}`);
}

function* checkTensor(tensor: OnnxTensor, what: string): Generator<Finding> {
  if (tensor.isExternal || tensor.isSegment) {
    yield broken('external-data', `${what} keeps its data outside the file, which is not allowed`);
    return;
  }
  const type = elementTypes[tensor.elementType];
  if (type === undefined) {
    yield broken('tensor-type', `${what} has the unknown element type ${tensor.elementType}`);
    return;
  }
  const size = sizeOf(tensor.dims);
  if (typeof size === 'string') yield broken('tensor-size', `${what} ${size}`);
  else yield* checkStored(tensor, type, size, what);
}

/** Number of elements, or what is wrong with the dims. No count of elements may exceed the bytes of a file by far. */
function sizeOf(dims: readonly bigint[]): number | string {
  const most = BigInt(structureLimits.bytes) * 8n;
  if (dims.some((d) => d < 0n)) return `has a negative dimension: ${dims.join(' x ')}`;
  const product = dims.reduce((a, b) => a * b, 1n);
  if (product > most) return `has ${dims.join(' x ')} elements, which no file can hold`;
  return Number(product);
}

function* checkStored(tensor: OnnxTensor, type: ElementType, size: number, what: string): Generator<Finding> {
  const total = Object.values(tensor.stored).reduce((a, b) => a + b, 0);
  if (tensor.rawBytes !== null && tensor.rawBytes > 0) {
    const bytes = Math.ceil((size * type.bits) / 8);
    if (type.bits === 0 || total > 0) {
      yield broken('tensor-data', `${what} has raw bytes that do not belong to ${type.name}`);
    } else if (tensor.rawBytes !== bytes) {
      yield broken('tensor-data', `${what} has ${tensor.rawBytes} bytes where its dims ask for ${bytes}`, {
        actual: tensor.rawBytes,
        limit: bytes,
      });
    }
    return;
  }
  const expected = Math.ceil(size * type.perElement);
  if (total !== expected || tensor.stored[type.field] !== expected) {
    yield broken('tensor-data', `${what} has ${total} values where its dims ask for ${expected}`, {
      actual: total,
      limit: expected,
    });
  }
}
