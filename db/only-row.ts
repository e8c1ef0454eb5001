/** The row that a statement gives which cannot give none, such as an insert that returns what it wrote. */
export function onlyRow<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('the database gave no row where there has to be one');
  return row;
}
