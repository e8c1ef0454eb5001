/** Field of a tensor that holds its numbers when they are not raw bytes. */
export type StorageField = 'floats' | 'int32s' | 'int64s' | 'uint64s' | 'doubles' | 'strings';

export interface ElementType {
  readonly name: string;
  /** Bits of one element in raw bytes; 0 where there is no raw form. */
  readonly bits: number;
  readonly field: StorageField;
  /** Values of `field` per element. */
  readonly perElement: number;
}

const type = (name: string, bits: number, field: StorageField, perElement = 1): ElementType => ({
  name,
  bits,
  field,
  perElement,
});

/** Element types by the number the format gives them (onnx 1.23). */
export const elementTypes: Readonly<Record<number, ElementType>> = {
  1: type('float32', 32, 'floats'),
  2: type('uint8', 8, 'int32s'),
  3: type('int8', 8, 'int32s'),
  4: type('uint16', 16, 'int32s'),
  5: type('int16', 16, 'int32s'),
  6: type('int32', 32, 'int32s'),
  7: type('int64', 64, 'int64s'),
  8: type('string', 0, 'strings'),
  9: type('bool', 8, 'int32s'),
  10: type('float16', 16, 'int32s'),
  11: type('float64', 64, 'doubles'),
  12: type('uint32', 32, 'uint64s'),
  13: type('uint64', 64, 'uint64s'),
  14: type('complex64', 64, 'floats', 2),
  15: type('complex128', 128, 'doubles', 2),
  16: type('bfloat16', 16, 'int32s'),
  17: type('float8e4m3fn', 8, 'int32s'),
  18: type('float8e4m3fnuz', 8, 'int32s'),
  19: type('float8e5m2', 8, 'int32s'),
  20: type('float8e5m2fnuz', 8, 'int32s'),
  21: type('uint4', 4, 'int32s', 0.5),
  22: type('int4', 4, 'int32s', 0.5),
  23: type('float4e2m1', 4, 'int32s', 0.5),
  24: type('float8e8m0', 8, 'int32s'),
  25: type('uint2', 2, 'int32s', 0.25),
  26: type('int2', 2, 'int32s', 0.25),
};
