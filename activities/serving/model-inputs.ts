import type { ModelVersionRecord } from '../../domain/ports/models.js';
import { modelPathOf, readModelConfig } from '../runs/repository-files.js';
import type { ReleaseDeps } from './deps.js';

/**
 * Columns that a version reads, in the order in which it was trained. A model with an input for each column says it itself;
 * for one with a single wide input the file at its commit does.
 */
export async function modelInputs(
  { git, projects }: Pick<ReleaseDeps, 'git' | 'projects'>,
  { project, model, commit, interface: { inputs } }: ModelVersionRecord,
): Promise<readonly string[]> {
  const isWide = inputs.length === 1 && inputs.some(({ shape }) => shape.length === 2 && shape[1] !== 1);
  if (!isWide) return inputs.map(({ name }) => name);
  const { repo } = await projects.get(project);
  const modelPath = await modelPathOf(git, { repo, commit, project, model });
  return (await readModelConfig(git, { repo, commit, modelPath, model })).evaluation.inputs;
}
