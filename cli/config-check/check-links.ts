import { checkTableSource } from '../../domain/config/check-data.js';
import { checkModelFeatures } from '../../domain/config/check-model.js';
import { checkEndpointNames, type NamedEndpoint } from '../../domain/config/check-serving.js';
import { checkTriggerSources } from '../../domain/config/check-trigger-sources.js';
import type { ConfigFinding, ConfigPath } from '../../domain/config/config-problem.js';
import type { FeatureViewConfig } from '../../domain/config/feature-view.js';
import type { ModelConfig } from '../../domain/config/model.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import type { TableConfig } from '../../domain/config/table.js';
import type { ModelFolder } from './model-folder.js';

/** What the other files of a repository say, as far as they could be read. */
export interface Neighbours {
  readonly folder: ModelFolder;
  readonly project: ProjectConfig | undefined;
  readonly views: ReadonlyMap<string, FeatureViewConfig>;
  /** Of all models that could be read. */
  readonly endpoints: readonly NamedEndpoint[];
}

/** A table is called as its file, its source is allowed, and its query is there. */
export async function tableLinks(
  { folder, project }: Neighbours,
  file: string,
  table: TableConfig,
): Promise<ConfigFinding[]> {
  return [
    ...calledAs(nameOfFile(file), table.name),
    ...(project === undefined ? [] : checkTableSource(table, project.sources)),
    ...(table.query === undefined ? [] : await fileThere(folder, ['query'], table.query)),
  ];
}

/** A feature view is called as its file, and its tables are there. */
export async function viewLinks(
  { folder }: Neighbours,
  file: string,
  view: FeatureViewConfig,
): Promise<ConfigFinding[]> {
  const tables = view.tables.map((table, at) => fileThere(folder, ['tables', at], `tables/${table}.yaml`));
  return [...calledAs(nameOfFile(file), view.name), ...(await Promise.all(tables)).flat()];
}

/** A model is called as the project calls it; its tables, views, SQL and training code are there. */
export async function modelLinks(
  { folder, project, views, endpoints }: Neighbours,
  name: string,
  model: ModelConfig,
): Promise<ConfigFinding[]> {
  const { dataset, training } = model;
  const files = [
    ...dataset.tables.map((table, at) =>
      fileThere(folder, ['dataset', 'tables', at], `tables/${table}.yaml`),
    ),
    ...dataset.features.map((view, at) =>
      fileThere(folder, ['dataset', 'features', at], `features/${view}.yaml`),
    ),
    fileThere(folder, ['dataset', 'examples'], dataset.examples),
  ];
  const known = dataset.features.flatMap((view) => views.get(view) ?? []);
  return [
    ...calledAs(name, model.model, 'model'),
    ...(await Promise.all(files)).flat(),
    ...((await folder.isFolder(training.path))
      ? []
      : [{ path: ['training', 'path'], came: `${training.path}, which is not there`, allowed: 'a folder' }]),
    ...checkModelFeatures(model, known),
    ...checkEndpointNames(model, endpoints),
    ...(await applicationsThere(folder, model)),
    ...(project === undefined ? [] : checkTriggerSources(model, project.sources)),
  ];
}

/** Serving code of this repository is there. */
async function applicationsThere(folder: ModelFolder, { serving }: ModelConfig): Promise<ConfigFinding[]> {
  const found = Object.entries(serving).map(async ([name, { application }]): Promise<ConfigFinding[]> => {
    if (application === undefined || application.repository !== undefined) return [];
    if (await folder.isFolder(application.path)) return [];
    const path = ['serving', name, 'application', 'path'];
    return [{ path, came: `${application.path}, which is not there`, allowed: 'a folder' }];
  });
  return (await Promise.all(found)).flat();
}

function calledAs(wanted: string, came: string, key = 'name'): ConfigFinding[] {
  const why = key === 'model' ? 'as ratchet.project.yaml calls it' : 'as the file is called';
  return came === wanted ? [] : [{ path: [key], came, allowed: `${wanted}, ${why}` }];
}

async function fileThere(folder: ModelFolder, path: ConfigPath, file: string): Promise<ConfigFinding[]> {
  if ((await folder.readText(file)) !== undefined) return [];
  return [{ path, came: `a name for ${file}, which is not there`, allowed: 'a file of the repository' }];
}

function nameOfFile(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}
