import type { ModelLine } from '../../domain/ports/model-lines.js';
import { isMadeOtherwise } from '../../domain/triggers/model-file-change.js';
import { modelFileIn, parseModelOnce } from '../runs/repository-files.js';
import type { TriggerDeps } from './deps.js';

/**
 * Of the changed files those ratchet.yaml in which only what does not make a model is another, such as its triggers. One
 * that cannot be read on both sides counts as changed.
 */
export async function appliedOnly(
  { git }: Pick<TriggerDeps, 'git'>,
  change: {
    readonly repo: string;
    readonly from: string | null;
    readonly to: string;
    readonly files: readonly string[];
    readonly lines: readonly ModelLine[];
  },
): Promise<readonly string[]> {
  const { repo, from, to, files, lines } = change;
  if (from === null) return [];
  const changed = new Set(files);
  const own = lines.map(({ path }) => modelFileIn(path));
  const found = await Promise.all(
    own
      .filter((file) => changed.has(file))
      .map(async (file) => {
        const texts = await Promise.all([git.readFile(repo, from, file), git.readFile(repo, to, file)]);
        return onlyApplied(file, texts) ? [file] : [];
      }),
  );
  return found.flat();
}

function onlyApplied(file: string, [before, after]: readonly (string | undefined)[]): boolean {
  if (before === undefined || after === undefined) return false;
  try {
    return !isMadeOtherwise(parseModelOnce(before, file), parseModelOnce(after, file));
  } catch {
    // What an older version of these files meant is not known: that is a change.
    return false;
  }
}
