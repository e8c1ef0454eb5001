/** What the process that makes the load is asked for. */
export interface LoadAsked {
  readonly port: number;
  readonly connections: number;
  /**
   * `http`: the request is whole, as it goes over the wire. `grpc`: it is the message of a ModelInfer. `grpc-stream`: the same
   * on one ModelStreamInfer of each connection, one after the other. `lines`: it is a few lines of a stream of rows, sent
   * again and again without waiting for their answers.
   */
  readonly kind: 'http' | 'grpc' | 'grpc-stream' | 'lines';
  /** In base64. */
  readonly request: string;
  /** Of the model that lines are for. */
  readonly path?: string;
  readonly warmMs: number;
  readonly playMs: number;
}

export interface LoadSeen {
  /** Lines, where they were asked for. */
  readonly requests: number;
  readonly tookMs: number;
  /** Of each request, from its last byte sent to its answer read; none of lines. */
  readonly timesMs: readonly number[];
}
