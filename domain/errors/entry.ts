/**
 * Who has to act: `user` (bad input), `refused` (a gate said no), `notFound`, `unavailable` (a part is away, a retry
 * may help), `internal` (a defect of ours).
 */
export type ErrorKind = 'user' | 'refused' | 'notFound' | 'unavailable' | 'internal';

/** One row of the catalogue. `retry` says whether the same call may succeed later without anybody's change. */
export interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly retry: boolean;
  readonly about: string;
}

/** Keeps the keys of a table of entries as literal types. */
export function entries<const T extends Record<string, ErrorEntry>>(table: T): T {
  return table;
}
