import type { ViewDefinition } from '../../domain/features/dataset-definition.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import type { DataDeps } from './deps.js';
import { vectorsKey, viewDigest } from './keys.js';
import type { WantedDataset } from './wanted-dataset.js';

type Features = DatasetManifest['features'];
type Deps = Pick<DataDeps, 'features'>;

/** Declares the views of an adopted version in its new project, and keeps their vectors for the datasets to come. */
export async function adoptViews(
  deps: Deps,
  wanted: WantedDataset,
  theirs: DatasetManifest,
): Promise<Features> {
  const adopted: Features[number][] = [];
  for (const view of wanted.definition.views) {
    const found = theirs.features.find(({ name }) => name === view.config.name);
    if (found === undefined) throw new TypeError(`equal keys, and no vectors of ${view.config.name}`);
    adopted.push(await adoptView(deps, wanted, { view, found, project: theirs.project }));
  }
  return adopted;
}

async function adoptView(
  deps: Deps,
  { request, definition, fingerprints }: WantedDataset,
  at: { readonly view: ViewDefinition; readonly found: Features[number]; readonly project: string },
): Promise<Features[number]> {
  const { config } = at.view;
  const { name, tables } = config;
  const digest = viewDigest(config, definition.tables);
  const { version } = await deps.features.declare(request.project, config, digest, request.commit);
  const feature = { ...at.found, name, version, digest, reused: true };
  if (at.found.examples === undefined) return feature;
  const { examples } = at.found;
  const keyIn = (project: string) => vectorsKey({ project, digest, tables }, fingerprints, examples);
  const made = await deps.features.findVectors(keyIn(at.project));
  // The rows may name vectors that were made again since; those of this version are what was looked at.
  if (made === undefined || made.file.sha256 !== at.found.vectors.sha256) return feature;
  await deps.features.putVectors({
    key: keyIn(request.project),
    project: request.project,
    view: name,
    version,
    rows: made.rows,
    file: made.file,
    runId: made.runId,
  });
  return feature;
}
