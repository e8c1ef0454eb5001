import type { ErrorKind } from '../domain/errors/catalogue.js';
import { messageOf, RatchetError } from '../domain/errors/ratchet-error.js';
import { printableText } from '../domain/printable.js';

/** What a shell sees, by who has to act. */
export const exitCodes: Readonly<Record<ErrorKind, number>> = {
  internal: 1,
  user: 2,
  refused: 3,
  notFound: 4,
  unavailable: 5,
};

/** Words for people, and the exit code. */
export function failureOf(error: unknown): { line: string; exitCode: number } {
  const [code, kind]: [string, ErrorKind] =
    error instanceof RatchetError ? [error.code, error.entry.kind] : ['INTERNAL', 'internal'];
  return { line: printableText(`${code}: ${messageOf(error)}`), exitCode: exitCodes[kind] };
}
