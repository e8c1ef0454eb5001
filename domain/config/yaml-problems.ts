import type { YAMLError } from 'yaml';

/** Something wrong at an offset, counted in characters from the start of the text. */
export interface YamlProblem {
  readonly offset: number;
  readonly came: string;
  readonly allowed: string;
}

type Words = readonly [came: string, allowed: string];

const other: Words = ['text that is not YAML here', 'a key with a colon and a value, or a list item'];

/** The parser's codes in our words. The text of the file is not repeated: it may hold what should be a secret. */
const words: Readonly<Partial<Record<YAMLError['code'], Words>>> = {
  BAD_DIRECTIVE: ['a directive that is not known', 'a file without % lines'],
  BAD_DQ_ESCAPE: ['a backslash in double quotes that begins no known escape', 'a text in single quotes'],
  BAD_INDENT: ['indented differently from its neighbours', 'the same indentation for keys of one map'],
  BAD_SCALAR_START: ['a text that begins with a reserved character', 'such a text in quotes'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second ": " in one line',
    'one key and one value in a line, or the value in quotes',
  ],
  BLOCK_IN_FLOW: ['a list or map by indentation inside brackets', 'brackets, or indentation, all the way'],
  KEY_OVER_1024_CHARS: ['a key of more than 1024 characters', 'a shorter key'],
  MISSING_CHAR: [
    'an unfinished text, list or map',
    'a closing quote or bracket, and a blank after ":" and ","',
  ],
  MULTILINE_IMPLICIT_KEY: ['a key over several lines', 'a key in one line, followed by a colon'],
  RESOURCE_EXHAUSTION: ['nested too deeply', 'fewer levels'],
  TAB_AS_INDENT: ['a tab in the indentation', 'blanks'],
  TAG_RESOLVE_FAILED: ['a tag (!)', 'plain values'],
};

export function syntaxProblem(error: YAMLError): YamlProblem {
  const [came, allowed] = words[error.code] ?? other;
  return { offset: error.pos[0], came, allowed };
}
