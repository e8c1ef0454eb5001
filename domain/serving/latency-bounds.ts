/** Bounds that times of answers are counted between, in milliseconds: from below a small table model to above what anybody waits. */
export const latencyBoundsMs: readonly number[] = [
  0.5, 1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
];
