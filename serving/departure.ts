/**
 * Tells that whoever asked has gone away. It is what an `AbortSignal` has of this, so that one serves as well; to make one
 * costs more than a small answer.
 */
export interface Gone {
  readonly aborted: boolean;
  /** What those that wait reject with. */
  readonly reason: unknown;
  addEventListener(type: 'abort', hear: () => void): void;
  removeEventListener(type: 'abort', hear: () => void): void;
}

/** Someone who waits for answers, until they leave. */
export class Departure implements Gone {
  aborted = false;
  reason: unknown = undefined;
  private hearers: Set<() => void> | null = null;

  /** They are gone. Those that listen hear of it once. */
  leave(reason: unknown = new DOMException('whoever asked has gone away', 'AbortError')): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const hear of this.hearers ?? []) hear();
    this.hearers = null;
  }

  addEventListener(_type: 'abort', hear: () => void): void {
    this.hearers ??= new Set();
    this.hearers.add(hear);
  }

  removeEventListener(_type: 'abort', hear: () => void): void {
    this.hearers?.delete(hear);
  }
}
