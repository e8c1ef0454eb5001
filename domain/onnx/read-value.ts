import { structureLimits } from './limits.js';
import type { OnnxValue, ValueKind } from './model-proto.js';
import { type ReadBudget, spend } from './read-budget.js';
import { many, once, readFields } from './read-fields.js';
import { StructureError } from './structure-error.js';
import type { WireReader } from './wire-reader.js';

type ValueType = Omit<OnnxValue, 'name'>;

const otherKinds: readonly (readonly [number, ValueKind])[] = [
  [4, 'sequence'],
  [5, 'map'],
  [7, 'opaque'],
  [8, 'sparse tensor'],
  [9, 'optional'],
];

/** `ValueInfoProto`: an input or output with its type. */
export function readValue(reader: WireReader, budget: ReadBudget): OnnxValue {
  spend(budget, 'values');
  let name = '';
  let type: ValueType = { kind: 'none', elementType: 0, shape: null };
  readFields(reader, 'ValueInfoProto', {
    1: once((from) => {
      name = from.text();
    }),
    2: once((from) => {
      type = readType(from.message());
    }),
  });
  return { name, ...type };
}

function readType(reader: WireReader): ValueType {
  const found: ValueType[] = [];
  const other = (kind: ValueKind) =>
    once((from) => {
      found.push({ kind, elementType: 0, shape: null });
      from.skip();
    });
  readFields(reader, 'TypeProto', {
    1: once((from) => found.push(readTensorType(from.message()))),
    ...Object.fromEntries(otherKinds.map(([field, kind]) => [field, other(kind)])),
  });
  if (found.length > 1) throw new StructureError('wire', 'a value has more than one type');
  return found[0] ?? { kind: 'none', elementType: 0, shape: null };
}

function readTensorType(reader: WireReader): ValueType {
  let elementType = 0;
  let shape: OnnxValue['shape'] = null;
  readFields(reader, 'TypeProto.Tensor', {
    1: once((from) => {
      elementType = from.integer();
    }),
    2: once((from) => {
      shape = readShape(from.message());
    }),
  });
  return { kind: 'tensor', elementType, shape };
}

function readShape(reader: WireReader): (bigint | string)[] {
  const shape: (bigint | string)[] = [];
  readFields(reader, 'TensorShapeProto', {
    1: many((from) => {
      shape.push(readDimension(from.message()));
      if (shape.length > structureLimits.dimensions) {
        throw new StructureError(
          'tensor-size',
          `a value has more than ${structureLimits.dimensions} dimensions`,
        );
      }
    }),
  });
  return shape;
}

function readDimension(reader: WireReader): bigint | string {
  const found: (bigint | string)[] = [];
  readFields(reader, 'TensorShapeProto.Dimension', {
    1: once((from) => found.push(from.int64())),
    2: once((from) => found.push(from.text())),
  });
  if (found.length > 1) throw new StructureError('wire', 'a dimension has both a size and a name');
  return found[0] ?? '';
}
