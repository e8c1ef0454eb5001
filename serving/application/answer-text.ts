/** JSON of an answer, with whole numbers beyond 2^53 as the digits they are. */
export function answerText(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(answerText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, of]) => of !== undefined);
  return `{${fields.map(([name, of]) => `${JSON.stringify(name)}:${answerText(of)}`).join(',')}}`;
}
