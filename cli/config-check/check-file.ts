import type { ConfigFinding, ConfigProblem } from '../../domain/config/config-problem.js';
import { problemText } from '../../domain/config/config-problem.js';
import { refuseFindings } from '../../domain/config/parse.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ModelFolder } from './model-folder.js';

/** One thing that is wrong. The place is null for a file that is not there. */
export interface FileProblem {
  readonly text: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly path: string;
}

export interface CheckedFile {
  readonly file: string;
  readonly ok: boolean;
  readonly problems: readonly FileProblem[];
}

/** A file with what it says; undefined where it is wrong by itself. */
export interface ReadFile<T> {
  readonly checked: CheckedFile;
  readonly value: T | undefined;
}

/**
 * Reads one file and holds it against the others. What it says about others is looked at only where it is right by
 * itself.
 */
export async function checkFile<T>(
  folder: ModelFolder,
  file: string,
  parse: (text: string, file: string) => T,
  against: (value: T) => Promise<readonly ConfigFinding[]>,
): Promise<ReadFile<T>> {
  let value: T | undefined;
  try {
    const text = await folder.readText(file);
    if (text === undefined) {
      const missing = { text: `${file}: there is no such file`, line: null, column: null, path: '' };
      return { checked: { file, ok: false, problems: [missing] }, value };
    }
    value = parse(text, file);
    refuseFindings(text, file, await against(value));
    return { checked: { file, ok: true, problems: [] }, value };
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'CONFIG_INVALID') throw error;
    return { checked: { file, ok: false, problems: problemsOf(error) }, value };
  }
}

/** `CONFIG_INVALID` carries them as `configInvalid` puts them there. */
function problemsOf({ details, message }: RatchetError): FileProblem[] {
  const problems = details['problems'] as readonly ConfigProblem[] | undefined;
  if (problems === undefined) return [{ text: message, line: null, column: null, path: '' }];
  return problems.map((problem) => ({
    text: problemText(problem),
    line: problem.line,
    column: problem.column,
    path: problem.path,
  }));
}
