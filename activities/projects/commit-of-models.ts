import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';

/**
 * The commit that the rows of a project's models are of. They are put at once, so one that differs was changed by hand;
 * where all are gone it is the head that was handled last. Undefined for a project without models.
 */
export function commitOfModels(
  { commit, config }: Pick<ProjectRecord, 'commit' | 'config'>,
  lines: readonly Pick<ModelLine, 'commit'>[],
  handled: string | undefined,
): string | undefined {
  if (lines.length === 0) return config.models.length === 0 ? undefined : (handled ?? commit);
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.commit, (counts.get(line.commit) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0];
}
