import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/**
 * Takes the text of one SELECT (or WITH) and gives it back without a last semicolon, fit to stand between
 * parentheses. The server is the judge of the statement itself; this keeps a second statement, or a parenthesis that
 * ends ours, from reaching it. Error: `SOURCE_REFUSED`.
 */
export function checkSelect(query: string): string {
  if (query.includes('\0')) throw refused('has a NUL character');
  const tokens = [...tokensOf(query)].filter((token) => !isSpace(token.text));
  while (tokens.at(-1)?.text === ';') tokens.pop();
  const last = tokens.at(-1);
  if (last === undefined) throw refused('is empty');
  const first = tokens.find((token) => token.text !== '(')?.text.toLowerCase() ?? '';
  if (first !== 'select' && first !== 'with') {
    throw refused(`begins with ${JSON.stringify(first.slice(0, 30))}; only one SELECT or WITH is read`);
  }
  let depth = 0;
  for (const { text } of tokens) {
    if (text === ';') throw refused('holds more than one statement');
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth < 0) throw refused('closes a parenthesis that it did not open');
  }
  if (depth > 0) throw refused('leaves a parenthesis open');
  return query.slice(0, last.at + last.text.length);
}

interface Token {
  readonly at: number;
  readonly text: string;
}

const simpleTokens = new RegExp(
  [
    String.raw`\s+`,
    String.raw`--[^\n]*`,
    String.raw`[eE]'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'`,
    `'[^']*(?:''[^']*)*'`,
    `"[^"]*(?:""[^"]*)*"`,
    String.raw`[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*`,
    String.raw`\d[\w.]*`,
  ].join('|'),
  'y',
);
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

function* tokensOf(query: string): Generator<Token> {
  for (let at = 0; at < query.length; ) {
    const text = tokenAt(query, at);
    yield { at, text };
    at += text.length;
  }
}

function tokenAt(query: string, at: number): string {
  if (query.startsWith('/*', at)) return query.slice(at, endOfComment(query, at));
  const simple = matchAt(simpleTokens, query, at);
  if (simple !== undefined) return simple;
  const mark = matchAt(dollarQuote, query, at);
  if (mark !== undefined) {
    const end = query.indexOf(mark, at + mark.length);
    if (end < 0) throw refused(`does not end the text that begins with ${mark.slice(0, 30)}`);
    return query.slice(at, end + mark.length);
  }
  const character = query.charAt(at);
  if (character === "'" || character === '"') throw refused(`does not end what begins with ${character}`);
  return character;
}

/** Comments of SQL nest. */
function endOfComment(query: string, at: number): number {
  let depth = 0;
  for (let index = at; index < query.length; index += 1) {
    const two = query.slice(index, index + 2);
    if (two === '/*') depth += 1;
    if (two === '*/') depth -= 1;
    if (two === '/*' || two === '*/') index += 1;
    if (depth === 0) return index + 1;
  }
  throw refused('does not end a comment');
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

const isSpace = (text: string) => /^(?:\s|--|\/\*)/.test(text);

const refused = (why: string) => new RatchetError('SOURCE_REFUSED', `the query ${why}`);
