import type { StorageField } from './element-types.js';

/** What of an ONNX file matters here: its structure, never the numbers. */
export interface OnnxModel {
  readonly bytes: number;
  readonly irVersion: number;
  readonly imports: readonly OpsetImport[];
  readonly graph: OnnxGraph;
  readonly functions: readonly OnnxFunction[];
  readonly hasTraining: boolean;
}

export interface OpsetImport {
  /** `ai.onnx` where the file has none. */
  readonly domain: string;
  readonly version: number;
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly sparseInitializers: readonly OnnxSparseTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxFunction {
  readonly domain: string;
  readonly name: string;
  readonly overload: string;
  readonly imports: readonly OpsetImport[];
  readonly nodes: readonly OnnxNode[];
}

export interface OnnxNode {
  readonly name: string;
  readonly domain: string;
  readonly operator: string;
  readonly overload: string;
  readonly outputs: readonly string[];
  readonly tensors: readonly OnnxTensor[];
  readonly sparseTensors: readonly OnnxSparseTensor[];
  readonly subgraphs: readonly OnnxGraph[];
}

export interface OnnxTensor {
  readonly name: string;
  readonly elementType: number;
  readonly dims: readonly bigint[];
  /** Values present, by the field that holds them. */
  readonly stored: Readonly<Record<StorageField, number>>;
  readonly rawBytes: number | null;
  readonly isExternal: boolean;
  readonly isSegment: boolean;
}

export interface OnnxSparseTensor {
  readonly values: OnnxTensor;
  readonly indices: OnnxTensor;
  readonly dims: readonly bigint[];
}

export type ValueKind = 'tensor' | 'sequence' | 'map' | 'optional' | 'sparse tensor' | 'opaque' | 'none';

export interface OnnxValue {
  readonly name: string;
  readonly kind: ValueKind;
  readonly elementType: number;
  /** A number, or a name for any size (empty where it has none). Null where the file says nothing of the shape. */
  readonly shape: readonly (bigint | string)[] | null;
}
