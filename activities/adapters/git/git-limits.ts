/** What repositories may be read, and how much of them. */
export interface GitLimits {
  /** Host names of https and ssh addresses, in lower case. */
  readonly allowedHosts: readonly string[];
  /** Whether an absolute path of this machine is an address. */
  readonly allowLocal: boolean;
  /** Certificates of the authorities that are believed over https; absent: those of the machine. */
  readonly caFile?: string | undefined;
  /** Of a working copy, and of a fetch. */
  readonly maxBytes: number;
  /** Of a working copy. */
  readonly maxFiles: number;
  /** Of one fetch, and of one working copy. */
  readonly timeoutMs: number;
}
