import { RatchetError } from '../errors/ratchet-error.js';

/** Keys and positions that lead to a value in a file. */
export type ConfigPath = readonly (string | number)[];

/** Something wrong at a path, in words. `at: 'key'` points to the key itself and not to its value. */
export interface ConfigFinding {
  readonly path: ConfigPath;
  readonly came: string;
  readonly allowed: string;
  readonly at?: 'key' | 'value';
}

/** A finding with its place in the file. `line` and `column` count from 1. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** As people write it: `training.limits.minutes`, `models[0].path`. Empty: the whole file. */
  readonly path: string;
  readonly came: string;
  readonly allowed: string;
}

/** How many problems are told of one file. */
export const problemsTold = 100;

/** How many of them stand in the message: a misspelled key is often told behind the key that is missing for it. */
const problemsInMessage = 3;

/** `CONFIG_INVALID`: the message tells the first three problems and how many there are, `details.problems` the first hundred. */
export function configInvalid(problems: readonly ConfigProblem[], count = problems.length): RatchetError {
  const told = problems.slice(0, problemsInMessage).map(problemText);
  const text = told.length === 0 ? 'the configuration is not valid' : told.join('; ');
  const more = count > told.length ? ` (and ${count - told.length} more)` : '';
  return new RatchetError('CONFIG_INVALID', text + more, { problems: problems.slice(0, problemsTold) });
}

/** One line for people: `ratchet.yaml:12:3: training.seed is text "ten", allowed is a whole number`. */
export function problemText({ file, line, column, path, came, allowed }: ConfigProblem): string {
  return `${file}:${line}:${column}: ${path === '' ? 'the file' : path} is ${came}, allowed is ${allowed}`;
}

export function pathText(path: ConfigPath): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : (index === 0 ? '' : '.') + part))
    .join('');
}
