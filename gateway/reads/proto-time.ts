/** Time and duration as Temporal sends them; `seconds` is a number or a Long. */
export interface ProtoTime {
  readonly seconds?: unknown;
  readonly nanos?: number | null;
}

/** Milliseconds; 0 where there is none. */
export function millisOf(time: ProtoTime | null | undefined): number {
  return time ? Number(time.seconds ?? 0) * 1000 + (time.nanos ?? 0) / 1e6 : 0;
}

export function instantOf(time: ProtoTime | null | undefined): string | null {
  return time ? new Date(millisOf(time)).toISOString() : null;
}
