/** JSON of a value as `jsonb` takes it: no NUL, and no half of a pair, in any text of it. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? part.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD') : part,
  );
}
