import { RatchetError } from '../../domain/errors/ratchet-error.js';

export interface CsvRecord {
  /** On which line it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

const mostCharacters = 1024 * 1024;

/**
 * Records of a CSV text as they come: commas, double quotes, lines that end in LF or CRLF. Empty lines are none.
 * Error: `REQUEST_INVALID` for a quote without its end, or a record of more than 1 MiB.
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  let [rest, line] = ['', 1];
  for await (const piece of text) {
    const taken = takeWhole(rest + piece, line);
    yield* taken.records;
    ({ rest, line } = taken);
    if (rest.length <= mostCharacters) continue;
    throw invalid(line, 'a record has no end within 1 MiB: is a double quote missing?');
  }
  if (rest === '') return;
  const { records, rest: open } = takeWhole(`${rest}\n`, line);
  if (open !== '') throw invalid(line, 'a double quote has no end');
  yield* records;
}

function takeWhole(text: string, firstLine: number) {
  const records: CsvRecord[] = [];
  let [from, line, isQuoted] = [0, firstLine, false];
  for (let at = 0, next = firstLine; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) isQuoted = !isQuoted;
    if (code !== 0x0a) continue;
    next += 1;
    if (isQuoted) continue;
    const record = text.slice(from, at).replace(/\r$/, '');
    if (record !== '') records.push({ line, fields: fieldsOf(record) });
    [from, line] = [at + 1, next];
  }
  return { records, rest: text.slice(from), line };
}

function fieldsOf(record: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y;
  for (let isLast = false; !isLast; ) {
    const match = field.exec(record);
    // A quote within a field: the rest is taken as it stands.
    const whole = match?.[0] ?? record.slice(field.lastIndex);
    fields.push(match?.[1]?.replaceAll('""', '"') ?? match?.[2] ?? whole);
    isLast = match === null || !whole.endsWith(',');
  }
  return fields;
}

function invalid(line: number, why: string): RatchetError {
  return new RatchetError('REQUEST_INVALID', `line ${line}: ${why}`);
}
