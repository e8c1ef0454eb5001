import { checkEndpointNames, type NamedEndpoint } from '../../domain/config/check-serving.js';
import type { ModelConfig } from '../../domain/config/model.js';
import { refuseFindings } from '../../domain/config/parse.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import { readDatasetDefinition } from '../data/index.js';
import { modelFileIn, readModelConfig } from '../runs/repository-files.js';
import type { ProjectDeps } from './deps.js';
import { modelLine } from './model-line.js';

/** The models of a project as a repository says them. */
export interface ReadModels {
  /** In the order of the project's file. */
  readonly lines: readonly ModelLine[];
  /** Their own files, by name. */
  readonly files: ReadonlyMap<string, ModelConfig>;
}

interface Place {
  readonly repo: string;
  readonly commit: string;
}

/** Models that are read at once: their files come from the same processes of git. */
const atOnce = 50;

/** Reads every model, so that a broken one is found here and not at its first run. Errors: `CONFIG_*`, those of Git. */
export async function readModels(
  deps: Pick<ProjectDeps, 'git'>,
  at: Place,
  config: ProjectConfig,
): Promise<ReadModels> {
  const files = new Map<string, ModelConfig>();
  const lines: ModelLine[] = [];
  for (let from = 0; from < config.models.length; from += atOnce) {
    const some = config.models.slice(from, from + atOnce);
    const found = await Promise.allSettled(some.map((model) => readModel(deps, at, config, model)));
    // The first broken one by the file's order, whichever was read first: the same commit has the same refusal.
    for (const one of found) {
      if (one.status === 'rejected') throw one.reason;
      files.set(one.value.line.model, one.value.model);
      lines.push(one.value.line);
    }
  }
  await refuseSameEndpoints(deps, at, config, files);
  return { lines, files };
}

/** An endpoint is one address of the project, whichever model declares it. */
async function refuseSameEndpoints(
  { git }: Pick<ProjectDeps, 'git'>,
  { repo, commit }: Place,
  { models }: ProjectConfig,
  files: ReadModels['files'],
): Promise<void> {
  const before: NamedEndpoint[] = [];
  for (const { name, path } of models) {
    const model = files.get(name);
    if (model === undefined) continue;
    const findings = checkEndpointNames(model, before);
    const file = modelFileIn(path);
    if (findings.length > 0) refuseFindings((await git.readFile(repo, commit, file)) ?? '', file, findings);
    before.push(...Object.keys(model.serving).map((endpoint) => ({ model: name, endpoint })));
  }
}

async function readModel(
  deps: Pick<ProjectDeps, 'git'>,
  { repo, commit }: Place,
  config: ProjectConfig,
  { name, path }: ProjectConfig['models'][number],
): Promise<{ readonly model: ModelConfig; readonly line: ModelLine }> {
  const at = { repo, commit, modelPath: path };
  const definition = await readDatasetDefinition(deps, at);
  const model = await readModelConfig(deps.git, { ...at, model: name });
  return { model, line: modelLine(config, commit, model, definition) };
}
