/** Text of foreign programs as the database takes it: Postgres has no NUL character. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

/** The same, where there may be none. */
export function storableTextOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text);
}
