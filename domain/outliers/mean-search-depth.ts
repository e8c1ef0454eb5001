const eulerMascheroni = 0.5772156649015329;

/**
 * The mean depth of an unsuccessful search in a binary tree of `rows` rows: `2 H(n - 1) - 2 (n - 1) / n` with
 * `H(k) = ln k + 0.5772`; 1 for two rows, 0 for one.
 *
 * @example meanSearchDepth(256) // 10.244771
 */
export function meanSearchDepth(rows: number): number {
  if (rows < 2) return 0;
  if (rows === 2) return 1;
  return 2 * (Math.log(rows - 1) + eulerMascheroni) - (2 * (rows - 1)) / rows;
}
