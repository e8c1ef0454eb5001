import { posix } from 'node:path';
import type { TrainingConfig } from '../../domain/config/model.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { EnvironmentSpec } from '../../domain/ports/environments.js';
import type { Git } from '../../domain/ports/git.js';

/** What the lock files of a model say, at its commit. */
export async function environmentSpec(
  git: Git,
  at: { readonly repo: string; readonly commit: string },
  training: TrainingConfig,
): Promise<EnvironmentSpec> {
  const read = async (name: string) => {
    const path = posix.join(training.path, name);
    const text = await git.readFile(at.repo, at.commit, path, 16 * 1024 * 1024);
    if (text === undefined) {
      throw new RatchetError(
        'CONFIG_MISSING',
        `the training environment needs ${path}, which is not in the repository at ${at.commit}`,
        { path },
      );
    }
    return text;
  };
  const { environment } = training;
  switch (environment.kind) {
    case 'python':
      return { kind: 'python', requirements: await read(environment.requirements) };
    case 'node':
      return { kind: 'node', manifest: await read('package.json'), lock: await read('package-lock.json') };
    case 'none':
      return { kind: 'none' };
  }
}
