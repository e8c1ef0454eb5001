import { basename } from 'node:path';
import { messageOf } from '../../../domain/errors/ratchet-error.js';
import { firstLine } from './sql-failure.js';

/** What DuckDB has against a line of a CSV file, and how we say it. */
const breaches: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [
    /Expected Number of Columns: (\d+) Found: (\d+)/,
    ([, wanted, found]) => valuesText(Number(wanted), Number(found)),
  ],
  [/unterminated quote/, () => 'a quoted value does not end'],
  [/Invalid unicode/, () => 'a value is not UTF-8, which is the only encoding allowed'],
  [
    /state machine reached an invalid state/,
    () =>
      'its lines end in different ways, or a quote stands where none may; allowed are commas, double quotes and one kind of line end',
  ],
];

/** DuckDB's error about one of these files, in our words: the file without its folder, the line where one is told. */
export function fileFailure(error: unknown, files: readonly string[]): string {
  const text = files.reduce((said, file) => said.replaceAll(file, basename(file)), messageOf(error));
  for (const [pattern, tell] of breaches) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const line = /CSV Error on Line: (\d+)/.exec(text)?.[1];
    return [/^ *file = (.+)$/m.exec(text)?.[1], line && `line ${line}`, tell(found)]
      .filter(Boolean)
      .join(': ');
  }
  return firstLine(text);
}

/** DuckDB stops counting at the first value too many. */
function valuesText(wanted: number, found: number): string {
  const came = found > wanted ? `more than ${wanted}` : String(found);
  return `values came: ${came}, allowed: ${wanted}, as in the header`;
}
