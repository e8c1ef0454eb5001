import type { ModelLine } from '../../domain/ports/model-lines.js';

/** The commit that the models of a project are of: they are put at once, so one that differs was changed by hand. */
export function commitOfLines(lines: readonly Pick<ModelLine, 'commit'>[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { commit } of lines) counts.set(commit, (counts.get(commit) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0];
}
