import type { StorageField } from './element-types.js';
import { structureLimits } from './limits.js';
import type { OnnxSparseTensor, OnnxTensor } from './model-proto.js';
import { type ReadBudget, spend } from './read-budget.js';
import { many, once, readFields } from './read-fields.js';
import { StructureError } from './structure-error.js';
import type { WireReader } from './wire-reader.js';

const externalLocation = 1;

/** `TensorProto`. Numbers are counted, not kept. */
export function readTensor(reader: WireReader, budget: ReadBudget): OnnxTensor {
  spend(budget, 'tensors');
  const dims: bigint[] = [];
  const stored: Record<StorageField, number> = {
    floats: 0,
    int32s: 0,
    int64s: 0,
    uint64s: 0,
    doubles: 0,
    strings: 0,
  };
  let name = '';
  let elementType = 0;
  let rawBytes: number | null = null;
  let isExternal = false;
  let isSegment = false;
  const count = (field: StorageField, take: (from: WireReader) => number) =>
    many((from) => {
      stored[field] += take(from);
    });
  readFields(reader, 'TensorProto', {
    1: many((from) => readDims(from, dims)),
    2: once((from) => {
      elementType = from.integer();
    }),
    3: once((from) => {
      isSegment = true;
      from.skip();
    }),
    4: count('floats', (from) => from.countFixed(4)),
    5: count('int32s', (from) => from.countVarints()),
    6: count('strings', (from) => Math.min(1, from.length() + 1)),
    7: count('int64s', (from) => from.countVarints()),
    8: once((from) => {
      name = from.text();
    }),
    9: once((from) => {
      rawBytes = from.length();
    }),
    10: count('doubles', (from) => from.countFixed(8)),
    11: count('uint64s', (from) => from.countVarints()),
    13: many((from) => {
      isExternal = true;
      from.skip();
    }),
    14: once((from) => {
      isExternal = from.integer() === externalLocation || isExternal;
    }),
  });
  return { name, elementType, dims, stored, rawBytes, isExternal, isSegment };
}

/** `SparseTensorProto`: two tensors and the dims of the whole. */
export function readSparseTensor(reader: WireReader, budget: ReadBudget): OnnxSparseTensor {
  const dims: bigint[] = [];
  const parts: { values?: OnnxTensor; indices?: OnnxTensor } = {};
  readFields(reader, 'SparseTensorProto', {
    1: once((from) => {
      parts.values = readTensor(from.message(), budget);
    }),
    2: once((from) => {
      parts.indices = readTensor(from.message(), budget);
    }),
    3: many((from) => readDims(from, dims)),
  });
  const { values, indices } = parts;
  if (values === undefined || indices === undefined) {
    throw new StructureError('tensor-data', 'a sparse tensor lacks its values or its indices');
  }
  return { values, indices, dims };
}

function readDims(from: WireReader, dims: bigint[]): void {
  dims.push(...from.int64s(structureLimits.dimensions));
  if (dims.length > structureLimits.dimensions) {
    throw new StructureError(
      'tensor-size',
      `a tensor has more than ${structureLimits.dimensions} dimensions`,
    );
  }
}
