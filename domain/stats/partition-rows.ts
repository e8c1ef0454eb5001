/**
 * Reorders rows in place, those that go first in front, and gives how many do. The order within the front stays.
 *
 * @param isFirst asked once a row, in the present order
 */
export function partitionRows(rows: Uint32Array, isFirst: (row: number) => boolean): number {
  let middle = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] ?? 0;
    if (!isFirst(row)) continue;
    rows[place] = rows[middle] ?? 0;
    rows[middle] = row;
    middle++;
  }
  return middle;
}
