/** What the process that makes the load is asked for. */
export interface LoadAsked {
  readonly port: number;
  readonly connections: number;
  /** The whole request as it goes over the wire, in base64. */
  readonly request: string;
  readonly warmMs: number;
  readonly playMs: number;
}

export interface LoadSeen {
  readonly requests: number;
  readonly tookMs: number;
  /** Of each request, from its last byte sent to its answer read. */
  readonly timesMs: readonly number[];
}
