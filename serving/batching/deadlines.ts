/** Ends what takes too long. */
export interface Deadlines<T> {
  /** From here on, until it is no longer among those that are open. */
  watch(one: T): void;
  /** Where none is open: a timer would keep whoever made it until it is due. */
  rest(): void;
}

/** Longest time that a timer holds. */
const longestMs = 2 ** 31 - 1;

/**
 * One timer for all of them, at the first that may be due: a timer of its own would cost each more than a small answer.
 * `end` takes what is late out of those that are open.
 */
export function createDeadlines<T extends { readonly dueMs: number }>(
  open: Iterable<T>,
  end: (late: T) => void,
): Deadlines<T> {
  let timer: NodeJS.Timeout | undefined;
  let atMs = Number.POSITIVE_INFINITY;

  function arm(dueMs: number, nowMs: number): void {
    clearTimeout(timer);
    atMs = dueMs;
    timer = setTimeout(look, Math.min(Math.max(Math.ceil(dueMs - nowMs), 1), longestMs));
    // What waits holds the process by what it waits for.
    timer.unref();
  }

  function look(): void {
    const nowMs = performance.now();
    atMs = Number.POSITIVE_INFINITY;
    let nextMs = atMs;
    for (const one of open) {
      if (one.dueMs <= nowMs) end(one);
      else nextMs = Math.min(nextMs, one.dueMs);
    }
    if (nextMs < atMs) arm(nextMs, nowMs);
  }

  return {
    watch: ({ dueMs }) => {
      if (dueMs < atMs) arm(dueMs, performance.now());
    },
    rest: () => {
      clearTimeout(timer);
      atMs = Number.POSITIVE_INFINITY;
    },
  };
}
