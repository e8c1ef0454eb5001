/**
 * A value as SQL text. Numbers that are not whole become doubles; text is quoted.
 * Throws on what SQL has no text for: numbers that are not finite, text with a NUL.
 */
export function quoteValue(value: string | number | boolean | null): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no text in SQL`);
    return Number.isSafeInteger(value) ? String(value) : `cast('${value}' as double)`;
  }
  return quoteText(value);
}

/** Text as SQL text. */
export function quoteText(value: string): string {
  if (value.includes('\0')) throw new RangeError('text with a NUL has no text in SQL');
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name of a column or relation as SQL text. */
export function quoteIdentifier(name: string): string {
  if (name === '' || name.includes('\0')) throw new RangeError('an empty name and a NUL have no text in SQL');
  return `"${name.replaceAll('"', '""')}"`;
}

/** Names as a list. */
export function quoteIdentifiers(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ');
}

/** The SQL name of a table or feature view: dashes become underscores. */
export function sqlName(name: string): string {
  return name.replaceAll('-', '_');
}
