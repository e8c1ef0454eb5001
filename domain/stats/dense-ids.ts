/** Keys renamed to 0 .. `count` - 1, in the order in which they first appear. */
export interface DenseIds {
  /** One id a row. */
  readonly ids: Int32Array;
  readonly count: number;
}

/**
 * Renames keys to dense ids, so that an array can be indexed by them.
 *
 * @example denseIds(['tue', 'wed', 'tue']) // { ids: Int32Array [0, 1, 0], count: 2 }
 */
export function denseIds(keys: ArrayLike<number> | ArrayLike<string>): DenseIds {
  const ids = new Int32Array(keys.length);
  const known = new Map<number | string, number>();
  for (let row = 0; row < ids.length; row++) {
    const key = keys[row] ?? 0;
    let id = known.get(key);
    if (id === undefined) {
      id = known.size;
      known.set(key, id);
    }
    ids[row] = id;
  }
  return { ids, count: known.size };
}
