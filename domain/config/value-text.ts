const shownLength = 80;

/** A value in words, for error texts: `text "ten"`, `number 3`, `a list`, `nothing`. Long texts are cut. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `text ${JSON.stringify(shortened(value))}`;
  if (typeof value === 'number') return `number ${value}`;
  if (typeof value === 'boolean') return `${value}`;
  return Array.isArray(value) ? `a list of ${value.length}` : 'a map of keys';
}

/** Where a secret may stand, only its kind is told. */
export function maskedText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? `a text of ${value.length} characters` : 'no text';
}

export function shortened(text: string): string {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`;
}

/** `"a", "b" or "c"`. */
export function choiceText(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  const last = texts.at(-1) ?? 'nothing';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}
