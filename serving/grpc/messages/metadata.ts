import type { ParameterMessage } from './infer.js';

export interface ModelNameMessage {
  readonly name: string;
  readonly version: string;
}

export interface TensorMetadataMessage {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

export interface ModelMetadataMessage {
  readonly name: string;
  readonly versions: readonly string[];
  readonly platform: string;
  readonly inputs: readonly TensorMetadataMessage[];
  readonly outputs: readonly TensorMetadataMessage[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface RepositoryIndexMessage {
  readonly repository_name: string;
  readonly ready: boolean;
}

export interface RepositoryModelMessage {
  readonly repository_name: string;
  readonly model_name: string;
  readonly parameters: Readonly<Record<string, ParameterMessage>>;
}
