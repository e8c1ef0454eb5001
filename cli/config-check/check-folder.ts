import type { NamedEndpoint } from '../../domain/config/check-serving.js';
import type { ConfigFinding } from '../../domain/config/config-problem.js';
import {
  parseFeatureView,
  parseModel,
  parseProject,
  parseTable,
} from '../../domain/config/configuration-files.js';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { policyFiles, policyPaths } from '../policy-check/model-policies.js';
import { type CheckedFile, checkFile } from './check-file.js';
import { modelLinks, type Neighbours, tableLinks, viewLinks } from './check-links.js';
import { type ModelFolder, openModelFolder } from './model-folder.js';

const projectFile = 'ratchet.project.yaml';
const alone = async (): Promise<ConfigFinding[]> => [];

/**
 * Every configuration file of a model repository, by itself and against the others. Error: `CONFIG_MISSING` where there
 * is no such folder.
 */
export async function checkFolder(root: string): Promise<readonly CheckedFile[]> {
  const folder = openModelFolder(root);
  if (!(await folder.isFolder('.'))) throw new RatchetError('CONFIG_MISSING', `${root} is no folder`);
  const project = await checkFile(folder, projectFile, parseProject, alone);
  const viewFiles = await folder.yamlFiles('features');
  const [views, endpoints] = await Promise.all([
    readViews(folder, viewFiles),
    readEndpoints(folder, project.value),
  ]);
  const around = { folder, project: project.value, views, endpoints };
  const tables = (await folder.yamlFiles('tables')).map((file) =>
    checkFile(folder, file, parseTable, (table) => tableLinks(around, file, table)),
  );
  const checkedViews = viewFiles.map((file) =>
    checkFile(folder, file, parseFeatureView, (view) => viewLinks(around, file, view)),
  );
  const files = [...tables, ...checkedViews, ...models(around)].map(async (file) => (await file).checked);
  const policies = await policyFiles(folder, project.value === undefined ? [] : policyPaths(project.value));
  return [project.checked, ...(await Promise.all(files)), ...policies];
}

function models(around: Neighbours) {
  return (around.project?.models ?? []).map(({ name, path }) => {
    return checkFile(around.folder, modelFile(path), parseModel, (model) => modelLinks(around, name, model));
  });
}

const modelFile = (path: string) => `${path.replace(/\/$/, '')}/ratchet.yaml`.replace(/^\.\//, '');

/** Endpoints of the models that are right by themselves. */
async function readEndpoints(
  folder: ModelFolder,
  project: ProjectConfig | undefined,
): Promise<readonly NamedEndpoint[]> {
  const read = (project?.models ?? []).map(({ path }) =>
    checkFile(folder, modelFile(path), parseModel, alone),
  );
  return (await Promise.all(read)).flatMap(({ value }) =>
    Object.keys(value?.serving ?? {}).map((endpoint) => ({ model: value?.model ?? '', endpoint })),
  );
}

/** Views that are right by themselves, by name. */
async function readViews(
  folder: ModelFolder,
  files: readonly string[],
): Promise<ReadonlyMap<string, FeatureViewConfig>> {
  const read = await Promise.all(files.map((file) => checkFile(folder, file, parseFeatureView, alone)));
  return new Map(read.flatMap(({ value }) => (value === undefined ? [] : [[value.name, value]])));
}
