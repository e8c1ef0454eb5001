import { Composer, type Document, Lexer, LineCounter, Parser } from 'yaml';
import { foreignParts } from './yaml-parts.js';
import { syntaxProblem, type YamlProblem } from './yaml-problems.js';

/** Larger than any file that people write by hand. */
const maxCharacters = 256 * 1024;

/** Deeper than any of our files. */
const maxDepth = 64;

/** Reads one YAML document of plain maps, lists and values: no anchors, no tags, no second document. */
export function readYaml(text: string): {
  readonly lines: LineCounter;
  readonly document?: Document.Parsed;
  readonly problems: readonly YamlProblem[];
} {
  const lines = new LineCounter();
  const refuse = (offset: number, came: string, allowed: string) => ({
    lines,
    problems: [{ offset, came, allowed }],
  });
  if (text.length > maxCharacters) {
    return refuse(0, `${text.length} characters long`, `at most ${maxCharacters} characters`);
  }
  const tokens = tokensOf(text, lines);
  if (typeof tokens === 'number') return refuse(tokens, 'nested too deeply', `at most ${maxDepth} levels`);
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    merge: false,
    logLevel: 'silent',
  });
  const [document, second] = composer.compose(tokens, true, text.length);
  if (second !== undefined)
    return refuse(second.range[0], 'followed by a second YAML document', 'one document');
  if (document === undefined || document.contents === null) return refuse(0, 'empty', 'a YAML map');
  const problems = [...document.errors, ...document.warnings].map(syntaxProblem);
  return { lines, document, problems: problems.length > 0 ? problems : foreignParts(document) };
}

/** The tokens of a text, or the offset where it nests too deeply: what composes them recurses and would end the process. */
function tokensOf(text: string, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine);
  const tokens = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > maxDepth) return parser.offset;
  }
  tokens.push(...parser.end());
  return tokens;
}
