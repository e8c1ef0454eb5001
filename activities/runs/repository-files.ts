import { parseModel, parseProject } from '../../domain/config/configuration-files.js';
import type { ModelConfig } from '../../domain/config/model.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { Git } from '../../domain/ports/git.js';
import { parseOnce } from './parse-once.js';

const projectFile = 'ratchet.project.yaml';

/** The project's file, and a model's, parsed once however many ask. */
export const parseProjectOnce = parseOnce(parseProject);
export const parseModelOnce = parseOnce(parseModel);

/** The project's file at a commit. Errors: `CONFIG_MISSING`, `CONFIG_INVALID`. */
export async function readProjectConfig(
  git: Git,
  at: { readonly repo: string; readonly commit: string },
): Promise<ProjectConfig> {
  const text = await git.readFile(at.repo, at.commit, projectFile);
  if (text === undefined) {
    throw new RatchetError(
      'CONFIG_MISSING',
      `the repository has no ${projectFile} at ${at.commit}; a project needs one at its root`,
      { file: projectFile },
    );
  }
  return parseProjectOnce(text, projectFile);
}

/** The file of the model in a folder, as paths of a repository are written: without `./`, also at its root. */
export function modelFileIn(folder: string): string {
  return `${folder.replace(/\/$/, '')}/ratchet.yaml`.replace(/^\.\//, '');
}

/**
 * The folder of a model, by the project's file at the commit. Errors: `MODEL_NOT_FOUND` with the names there are,
 * `CONFIG_INVALID` where the file is one of another project.
 */
export async function modelPathOf(
  git: Git,
  at: { readonly repo: string; readonly commit: string; readonly project: string; readonly model: string },
): Promise<string> {
  const { project, models } = await readProjectConfig(git, at);
  if (project !== at.project) {
    throw new RatchetError(
      'CONFIG_INVALID',
      `${projectFile}: project is ${project} at ${at.commit.slice(0, 12)}, allowed is ${at.project}, as it was added`,
      { project, added: at.project },
    );
  }
  const found = models.find(({ name }) => name === at.model);
  if (found) return found.path;
  const known = models.map(({ name }) => name).join(', ');
  throw new RatchetError(
    'MODEL_NOT_FOUND',
    `project ${project} has no model "${at.model}" at ${at.commit.slice(0, 12)}; it has ${known || 'none'}`,
    {
      model: at.model,
    },
  );
}

/** A model's own file at a commit. Errors: `CONFIG_MISSING`, `CONFIG_INVALID`, also where it has another name. */
export async function readModelConfig(
  git: Git,
  at: { readonly repo: string; readonly commit: string; readonly modelPath: string; readonly model: string },
): Promise<ModelConfig> {
  const file = `${at.modelPath}/ratchet.yaml`;
  const text = await git.readFile(at.repo, at.commit, file);
  if (text === undefined)
    throw new RatchetError(
      'CONFIG_MISSING',
      `ratchet.project.yaml names ${at.modelPath}, which has no ratchet.yaml at ${at.commit}`,
      { file },
    );
  const config = parseModelOnce(text, file);
  mustBeCalled(at.model, at.modelPath, config.model);
  return config;
}

/** The project's file and the model's own call it the same. Error: `CONFIG_INVALID`. */
export function mustBeCalled(name: string, path: string, found: string): void {
  if (found === name) return;
  throw new RatchetError(
    'CONFIG_INVALID',
    `${projectFile} calls the model in ${path} "${name}", its ratchet.yaml calls it "${found}"; both must be the same`,
    { name, found },
  );
}
