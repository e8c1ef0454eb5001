/**
 * How many rows columns have.
 *
 * @returns 0 for no columns
 * @throws RangeError where they differ in length
 */
export function rowCount(columns: Readonly<Record<string, Float64Array>>): number {
  const [first, ...others] = Object.entries(columns);
  const rows = first?.[1].length ?? 0;
  for (const [name, { length }] of others)
    if (length !== rows) throw new RangeError(`all columns need ${rows} rows, came ${length} in ${name}`);
  return rows;
}

/**
 * Some columns of rows, in the order of `names`.
 *
 * @throws RangeError where one is missing, or they differ in length
 */
export function columnsNamed(
  rows: Readonly<Record<string, Float64Array>>,
  names: readonly string[],
): readonly Float64Array[] {
  const entries = names.map((name) => {
    const values = rows[name];
    if (!values) throw new RangeError(`the rows need a column ${name}, came none`);
    return [name, values] as const;
  });
  rowCount(Object.fromEntries(entries));
  return entries.map(([, values]) => values);
}
