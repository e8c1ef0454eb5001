import { type ErrorDetails, messageOf, RatchetError } from '../../../domain/errors/ratchet-error.js';

/**
 * An error of DuckDB while it ran SQL of a repository's file, as one of ours. The line is the file's own only where the
 * file's text was the statement.
 */
export function sqlFailure(error: unknown, file: string, ownText: boolean): RatchetError {
  if (error instanceof RatchetError) return error;
  const text = messageOf(error);
  const line = ownText ? /^LINE (\d+):/m.exec(text)?.[1] : undefined;
  const said = firstLine(text);
  const details: ErrorDetails = { file, ...(line === undefined ? {} : { line: Number(line) }) };
  const where = line === undefined ? file : `${file}: line ${line}`;
  if (text.startsWith('Out of Memory Error'))
    return new RatchetError('DATASET_SQL', `${where}: needs more memory than the job has: ${said}`, details);
  return new RatchetError('DATASET_SQL', `${where}: ${said}`, details);
}

/** The first line of what DuckDB says, without the class of the error, in lower case where it begins. */
export function firstLine(text: string): string {
  const line = (text.split('\n', 1)[0] ?? '').replace(/^[A-Z][A-Za-z ]* Error: /, '');
  return (line.charAt(0).toLowerCase() + line.slice(1)).slice(0, 500).replace(/[.!]$/, '');
}
