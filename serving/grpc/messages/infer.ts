/** A 64-bit number as the decoder gives it, in two halves. */
export interface WireLong {
  readonly low: number;
  readonly high: number;
  readonly unsigned: boolean;
}

/** `parameter_choice` names the field that came; absent where none did. */
export interface ParameterMessage {
  readonly parameter_choice?: string;
  readonly bool_param?: boolean;
  readonly int64_param?: WireLong;
  readonly uint64_param?: WireLong;
  readonly string_param?: string;
  readonly double_param?: number;
}

export type Parameters = Readonly<Record<string, ParameterMessage>>;

export interface ContentsMessage {
  readonly bool_contents: readonly boolean[];
  readonly int_contents: readonly number[];
  readonly int64_contents: readonly WireLong[];
  readonly uint_contents: readonly number[];
  readonly uint64_contents: readonly WireLong[];
  readonly fp32_contents: readonly number[];
  readonly fp64_contents: readonly number[];
  readonly bytes_contents: readonly Buffer[];
}

export interface InputMessage {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly WireLong[];
  readonly parameters: Parameters;
  readonly contents: ContentsMessage | null;
}

export interface InferRequestMessage {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  readonly parameters: Parameters;
  readonly inputs: readonly InputMessage[];
  readonly outputs: readonly { readonly name: string; readonly parameters: Parameters }[];
  readonly raw_input_contents: readonly Buffer[];
}

export interface OutputMessage {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly contents?: Partial<ContentsMessage>;
}

export interface InferAnswerMessage {
  readonly model_name: string;
  readonly model_version: string;
  readonly id: string;
  readonly parameters?: Readonly<
    Record<string, { readonly bool_param: boolean } | { readonly string_param: string }>
  >;
  readonly outputs: readonly OutputMessage[];
  readonly raw_output_contents?: readonly Buffer[];
}

/** With a message of an error, the answer has the id of its request only. */
export interface StreamAnswerMessage {
  readonly error_message?: string;
  readonly infer_response?: InferAnswerMessage;
}
