/** A request that must be refused, and how. */
export interface BadInput {
  readonly what: string;
  readonly path: string;
  /** Absent: GET. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly status: number;
  /** What the error must say. */
  readonly says: string;
}

export const bodies = (
  path: string,
  status: number,
  rows: readonly (readonly [string, unknown, string])[],
): BadInput[] => rows.map(([what, body, says]) => ({ what, path, body, status, says }));
