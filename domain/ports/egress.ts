export interface EgressRequest {
  readonly method: 'GET' | 'POST';
  /** May hold a secret: no error repeats more of it than the host. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * `whole`, the default: a body that is cut off, or longer than `maxBytes`, is an error. `start`: as much of it as comes;
   * the answer is one however its body ends.
   */
  readonly reads?: 'whole' | 'start';
  /** Most bytes of the body, counted as they come and again after decompression. Default: 1 MiB. */
  readonly maxBytes?: number;
}

export interface EgressAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body came to its end. */
  readonly isWhole: boolean;
}

/** Every call by HTTP that leaves the platform. */
export interface Egress {
  /**
   * Calls an address whose scheme, port and every IP address are allowed, and connects to exactly those. Redirects are
   * followed three times at most, each by the same rules, a body only where the status keeps it; at another origin all
   * headers are left out but those that say what the body is. Errors: `EGRESS_REFUSED`, `EGRESS_FAILED`.
   */
  call(request: EgressRequest): Promise<EgressAnswer>;
}
