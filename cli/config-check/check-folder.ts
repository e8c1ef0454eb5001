import type { ConfigFinding } from '../../domain/config/config-problem.js';
import {
  parseFeatureView,
  parseModel,
  parseProject,
  parseTable,
} from '../../domain/config/configuration-files.js';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
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
  const around = { folder, project: project.value, views: await readViews(folder, viewFiles) };
  const tables = (await folder.yamlFiles('tables')).map((file) =>
    checkFile(folder, file, parseTable, (table) => tableLinks(around, file, table)),
  );
  const views = viewFiles.map((file) =>
    checkFile(folder, file, parseFeatureView, (view) => viewLinks(around, file, view)),
  );
  const files = [...tables, ...views, ...models(around)].map(async (file) => (await file).checked);
  const policies = await policyFiles(folder, project.value === undefined ? [] : policyPaths(project.value));
  return [project.checked, ...(await Promise.all(files)), ...policies];
}

function models(around: Neighbours) {
  return (around.project?.models ?? []).map(({ name, path }) => {
    const file = `${path.replace(/\/$/, '')}/ratchet.yaml`.replace(/^\.\//, '');
    return checkFile(around.folder, file, parseModel, (model) => modelLinks(around, name, model));
  });
}

/** Views that are right by themselves, by name. */
async function readViews(
  folder: ModelFolder,
  files: readonly string[],
): Promise<ReadonlyMap<string, FeatureViewConfig>> {
  const read = await Promise.all(files.map((file) => checkFile(folder, file, parseFeatureView, alone)));
  return new Map(read.flatMap(({ value }) => (value === undefined ? [] : [[value.name, value]])));
}
