import { canonicalText } from '../../domain/canonical-text.js';
import { checkTableSource } from '../../domain/config/check-data.js';
import { checkModelFeatures } from '../../domain/config/check-model.js';
import { checkTriggerSources } from '../../domain/config/check-trigger-sources.js';
import { parseFeatureView, parseTable } from '../../domain/config/configuration-files.js';
import { refuseFindings } from '../../domain/config/parse.js';
import type { ProjectConfig } from '../../domain/config/project.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  DatasetDefinition,
  TableDefinition,
  ViewDefinition,
} from '../../domain/features/dataset-definition.js';
import { parseOnce } from '../runs/parse-once.js';
import { modelFileIn, parseModelOnce, parseProjectOnce } from '../runs/repository-files.js';
import type { DataDeps, DatasetRequest } from './deps.js';
import { type KnownSources, sourceInForce } from './source-in-force.js';

const parseViewOnce = parseOnce(parseFeatureView);
const parseTableOnce = parseOnce(parseTable);

type Place = Pick<DatasetRequest, 'repo' | 'commit'>;
type Deps = Pick<DataDeps, 'git'>;

/**
 * Reads all that decides a model's dataset from Git at one commit, with the sources of the project that are in force,
 * whatever the commit says of them. Paths in the files are relative to the root of the repository. Errors:
 * `PROJECT_NOT_FOUND`, `CONFIG_MISSING` for a file that is not there (with those that are), `CONFIG_INVALID`,
 * `SOURCE_UNKNOWN` for a table whose source is not in force.
 */
export async function loadDatasetDefinition(
  deps: Pick<DataDeps, 'git' | 'projects'>,
  request: DatasetRequest,
): Promise<DatasetDefinition> {
  const { config } = await deps.projects.get(request.project);
  return await loadWith(deps, request, config.sources);
}

/** The same as the files alone say it, for what is not in force yet. Errors: the same. */
export async function readDatasetDefinition(
  deps: Deps,
  request: Omit<DatasetRequest, 'project'>,
): Promise<DatasetDefinition> {
  return await loadWith(deps, request, null);
}

async function loadWith(
  deps: Deps,
  request: Omit<DatasetRequest, 'project'>,
  inForce: ProjectConfig['sources'] | null,
): Promise<DatasetDefinition> {
  const project = await read(deps, request, 'ratchet.project.yaml', parseProjectOnce);
  const file = modelFileIn(request.modelPath);
  const model = await read(deps, request, file, parseModelOnce);
  const { dataset } = model.parsed;
  const views = await loadViews(deps, request, dataset.features);
  refuseFindings(model.text, file, [
    ...checkModelFeatures(
      model.parsed,
      views.map(({ config }) => config),
    ),
    // What a run is started by has no say in a run that is there.
    ...(inForce === null ? checkTriggerSources(model.parsed, project.parsed.sources) : []),
  ]);
  const names = [...new Set([...dataset.tables, ...views.flatMap(({ config }) => config.tables)])].sort();
  return inCanonicalOrder({
    project: project.parsed.project,
    model: model.parsed.model,
    file,
    dataset,
    examplesSql: await readText(deps, request, dataset.examples, file),
    tables: await loadTables(deps, request, names, {
      file: project.parsed.sources,
      inForce: inForce ?? project.parsed.sources,
    }),
    views,
  });
}

/**
 * Maps of a configuration have no order: columns of a table and features of a view are taken by name. So the same
 * definition gives the same rows, whether it comes from YAML or from the canonical JSON beside a dataset.
 */
function inCanonicalOrder(definition: DatasetDefinition): DatasetDefinition {
  return JSON.parse(canonicalText(definition)) as DatasetDefinition;
}

async function loadViews(deps: Deps, place: Place, names: readonly string[]): Promise<ViewDefinition[]> {
  return await Promise.all(
    names.map(async (name) => {
      const file = `features/${name}.yaml`;
      const { parsed } = await read(deps, place, file, parseViewOnce);
      mustBeNamed(file, name, parsed.name);
      return { file, config: parsed };
    }),
  );
}

async function loadTables(
  deps: Deps,
  place: Place,
  names: readonly string[],
  sources: KnownSources,
): Promise<TableDefinition[]> {
  return await Promise.all(
    names.map(async (name) => {
      const file = `tables/${name}.yaml`;
      const { text, parsed } = await read(deps, place, file, parseTableOnce);
      mustBeNamed(file, name, parsed.name);
      const findings = checkTableSource(parsed, sources.inForce);
      const source = sourceInForce(file, parsed.source, sources, findings.length === 0);
      refuseFindings(text, file, findings);
      const query = parsed.query === undefined ? null : await readText(deps, place, parsed.query, file);
      return { file, config: parsed, source, query };
    }),
  );
}

async function read<T>(deps: Deps, place: Place, file: string, parse: (text: string, file: string) => T) {
  const text = await readText(deps, place, file, undefined);
  return { text, parsed: parse(text, file) };
}

async function readText(
  deps: Deps,
  { repo, commit }: Place,
  file: string,
  namedIn: string | undefined,
): Promise<string> {
  const text = await deps.git.readFile(repo, commit, file);
  if (text !== undefined) return text;
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  const there = folder === '' ? [] : await deps.git.listFiles(repo, commit, folder);
  const has = there.length === 0 ? '' : `; ${folder} has ${there.slice(0, 30).join(', ')}`;
  throw new RatchetError(
    'CONFIG_MISSING',
    `${namedIn === undefined ? '' : `${namedIn}: `}there is no file ${file}${has}`,
    {
      file,
      ...(namedIn === undefined ? {} : { namedIn }),
    },
  );
}

function mustBeNamed(file: string, name: string, came: string): void {
  if (came !== name)
    throw new RatchetError(
      'CONFIG_INVALID',
      `${file}: name is ${came}, allowed is ${name}, as the file is called`,
      { file },
    );
}
