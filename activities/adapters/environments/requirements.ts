import { RatchetError } from '../../../domain/errors/ratchet-error.js';

const name = `[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`;
const extras = String.raw`(?:\[\s*${name}(?:\s*,\s*${name})*\s*\])?`;
const version = `[A-Za-z0-9][A-Za-z0-9.!+_-]*`;
const marker = String.raw`(?:\s*;[\w\s.'"<>=!()]+?)?`;
const hashes = String.raw`(?:\s+--hash=sha256:[0-9a-f]{64})*`;
const pinned = new RegExp(`^(?<name>${name})\\s*${extras}\\s*==\\s*${version}${marker}${hashes}$`);

/**
 * Names of the packages that a requirements file pins. Lines are `name==version`, with extras, a marker and sha256
 * hashes where wanted; options, addresses, paths and ranges are refused with the line. Error: `ENVIRONMENT_FAILED`.
 */
export function pinnedNames(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { line, number } of logicalLines(text)) {
    const found = pinned.exec(line)?.groups?.['name'];
    if (found === undefined) {
      throw new RatchetError(
        'ENVIRONMENT_FAILED',
        `line ${number} of the requirements is ${JSON.stringify(line.slice(0, 200))}; a line is name==version, without options and addresses`,
        { line: number },
      );
    }
    names.add(normalName(found));
  }
  return names;
}

/** Equal for all spellings of a package name, by PEP 503. */
export const normalName = (text: string): string => text.toLowerCase().replace(/[-_.]+/g, '-');

/** Lines with their number, without comments and blank ones; a backslash joins a line to the next. */
function logicalLines(text: string): readonly { readonly line: string; readonly number: number }[] {
  const joined: { line: string; number: number }[] = [];
  let open: { line: string; number: number } | undefined;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const part = raw.replace(/(?:^|\s)#.*$/, '');
    const more = part.endsWith('\\');
    open ??= { line: '', number: index + 1 };
    open.line += more ? `${part.slice(0, -1)} ` : part;
    if (more) continue;
    joined.push(open);
    open = undefined;
  }
  if (open !== undefined) joined.push(open);
  return joined.map(({ line, number }) => ({ line: line.trim(), number })).filter(({ line }) => line !== '');
}
