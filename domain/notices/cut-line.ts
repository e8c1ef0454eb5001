import { printableLine } from '../printable.js';

/** One printable line of at most so many characters; `…` stands at the end of one that was longer. */
export function cutLine(text: string, mostCharacters: number): string {
  const line = printableLine(text);
  if (line.length <= mostCharacters) return line;
  return `${line.slice(0, mostCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
