import type { ModelConfig } from '../../domain/config/model.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import { modelFileIn, parseModelOnce } from '../runs/repository-files.js';
import type { PlanDeps } from './deps.js';

/**
 * Files of the models at an earlier commit, of those whose file changed since. One that is not there, or that these
 * rules cannot read any more, is left out: then the change of it is not known.
 */
export async function modelFilesAt(
  { git }: Pick<PlanDeps, 'git'>,
  at: {
    readonly repo: string;
    readonly commit: string | null;
    readonly lines: readonly ModelLine[];
    readonly changed: readonly string[];
  },
): Promise<ReadonlyMap<string, ModelConfig>> {
  const { repo, commit, lines } = at;
  const found = new Map<string, ModelConfig>();
  if (commit === null) return found;
  const changed = new Set(at.changed);
  for (const { model, path } of lines) {
    const file = modelFileIn(path);
    const text = changed.has(file) ? await git.readFile(repo, commit, file) : undefined;
    const parsed = text === undefined ? undefined : readable(text, file);
    if (parsed !== undefined) found.set(model, parsed);
  }
  return found;
}

function readable(text: string, file: string): ModelConfig | undefined {
  try {
    return parseModelOnce(text, file);
  } catch {
    // It was let in by the rules of then.
    return undefined;
  }
}
