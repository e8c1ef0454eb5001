import type { TensorType } from '../../domain/onnx/model-interface.js';
import { refuseTensor, shown } from './refuse.js';

/** Names of the Open Inference Protocol for the types that models have. */
export const datatypeOf: Readonly<Record<TensorType, string>> = {
  float32: 'FP32',
  float64: 'FP64',
  int64: 'INT64',
  int32: 'INT32',
  bool: 'BOOL',
  string: 'BYTES',
  float16: 'FP16',
  int8: 'INT8',
  int16: 'INT16',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
};

const types = new Map(Object.entries(datatypeOf).map(([type, datatype]) => [datatype, type as TensorType]));

/** The type of a datatype of the protocol. Error: `REQUEST_INVALID`, naming the tensor and the datatypes that are carried. */
export function typeOfDatatype(name: string, datatype: string): TensorType {
  const type = types.get(datatype);
  if (type !== undefined) return type;
  throw refuseTensor(name, `has datatype ${shown(datatype)}, allowed are ${[...types.keys()].join(', ')}`);
}
