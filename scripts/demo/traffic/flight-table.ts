import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Column,
  type JobStep,
  readColumns,
  runDuckdbJob,
} from '../../../activities/adapters/duckdb/index.js';
import { findInterpreter } from '../../../activities/adapters/environments/python-interpreter.js';
import { createGit } from '../../../activities/adapters/git/create-git.js';
import { createLauncher } from '../../../activities/adapters/launcher/create-launcher.js';
import { createSources } from '../../../activities/adapters/sources/create-sources.js';
import { digestOf } from '../../../activities/data/digest.js';
import { fetchSnapshots } from '../../../activities/data/fetch-snapshots.js';
import { collectTables, loadDatasetDefinition } from '../../../activities/data/index.js';
import { prepareExamples } from '../../../activities/data/prepare-examples.js';
import { makeVectorsSteps } from '../../../activities/data/vector-steps.js';
import { readProjectConfig } from '../../../activities/runs/repository-files.js';
import { inFolder } from '../../../activities/serving/in-folder.js';
import { openBlobStore } from '../../../db/blobs/open-blob-store.js';
import type { ProjectConfig } from '../../../domain/config/project.js';
import type { DatasetDefinition } from '../../../domain/features/dataset-definition.js';
import { quoteIdentifiers, quoteText } from '../../../domain/features/quote.js';
import { positionColumn, relations } from '../../../domain/features/relations.js';
import { isolationTiers } from '../../../domain/ports/launcher.js';
import { loadConfig } from '../../../temporal.config.js';
import type { CompanyData } from '../company-data.js';
import type { Demo } from '../demo.js';

/** Columns of the live flights by name, row beside row, in the order in which they are asked about. */
export type FlightTable = ReadonlyMap<string, Column['values']>;

interface Wanted {
  /** Of the repository whose tables and features say what is known. */
  readonly commit: string;
  readonly inputs: readonly string[];
  /** First local day, as 2013-04-01. */
  readonly from: string;
}

const modelPath = 'models/late-arrival';
/** What one job of DuckDB may use. */
const bounds = { threads: 2, memoryMiB: 1536, wallMs: 10 * 60_000, diskMiB: 10 * 1024 };

/**
 * What an airline knows of each flight two hours before it leaves, computed by the project's own tables and features over
 * a world that goes on after what the platform has seen; and what came of it, where anything did. Kept for the next demo.
 *
 * @param world where that world lies: the training of the demo cannot see it
 */
export async function flightTable(
  demo: Demo,
  world: Pick<CompanyData, 'secrets'> & { readonly bucket: string },
  wanted: Wanted,
): Promise<FlightTable> {
  const platform = await openPlatform(demo, world, wanted.commit);
  try {
    const definition = await loadDatasetDefinition(platform.deps, platform.request);
    const { project: _, ...deciding } = definition;
    const { commit: __, ...rows } = wanted;
    const kept = join(platform.folder, `${digestOf({ deciding, rows }).slice(0, 20)}.parquet`);
    if (!existsSync(kept)) await computeTable(platform, definition, wanted, kept);
    return new Map((await readColumns(kept)).map(({ name, values }) => [name, values]));
  } finally {
    platform.deps.blobs.close();
  }
}

type Platform = Awaited<ReturnType<typeof openPlatform>>;

/** What the platform builds a dataset with, over the sources of the other world. */
async function openPlatform(
  { stack, project, repository }: Demo,
  world: Pick<CompanyData, 'secrets'> & { readonly bucket: string },
  commit: string,
) {
  const config = loadConfig(stack.env);
  const { dir } = config.state;
  const folder = join(dir, 'demo', 'traffic');
  const git = createGit({ ...config.git, cacheDir: join(folder, 'git') });
  const python = (await findInterpreter()).path;
  const request = { project, repo: repository.host.path, commit, modelPath };
  const record = {
    ...{ name: project, repo: request.repo, ref: 'main', commit, updatedAt: new Date().toISOString() },
    config: inWorld(await readProjectConfig(git, request), world.bucket),
  };
  const secrets = { read: async (name: string) => secretOf(world.secrets, name) };
  const deps = {
    git,
    blobs: openBlobStore(config.blobs),
    launcher: createLauncher({ stateDir: dir, python, tiers: isolationTiers }),
    sources: createSources({ secrets, defaultS3: config.blobs }),
    projects: { get: async () => record },
  };
  return { deps, request, folder };
}

async function computeTable(
  { deps, request, folder }: Platform,
  definition: DatasetDefinition,
  { inputs, from }: Wanted,
  to: string,
): Promise<void> {
  const { views, dataset } = definition;
  await mkdir(dirname(to), { recursive: true });
  await inFolder(folder, 'work', async (workDir) => {
    const options = { workDir, key: 'demo/traffic', fence: Date.now(), bounds };
    const collected = await collectTables(deps, { ...request, fingerprints: {} }, options);
    const snapshots = await fetchSnapshots(deps.blobs, collected, workDir);
    const { database } = await prepareExamples(deps.launcher, definition, snapshots, options);
    const names = { key: dataset.key, predictAt: dataset.predictAt };
    const file = join(workDir, 'flights.parquet');
    const columns = ['predict_at', 'truth_at', 'late', ...inputs];
    const joined = views.map(({ config }) => config.name);
    const steps: JobStep[] = [
      ...views.flatMap((view) => makeVectorsSteps(view, names, join(workDir, `${view.config.name}.parquet`))),
      { do: 'run', sql: liveFlightsSql(columns, joined, from, file) },
    ];
    const job = { ...bounds, key: options.key, fence: options.fence, name: 'traffic', folder: workDir };
    await runDuckdbJob(deps.launcher, { ...job, database, steps }, {});
    await rename(file, to);
  });
}

function inWorld(project: ProjectConfig, bucket: string): ProjectConfig {
  const { lake, ...others } = project.sources;
  if (lake?.kind !== 's3') throw new Error('the example has no bucket called lake any more');
  return { ...project, sources: { ...others, lake: { ...lake, bucket } } };
}

function secretOf(secrets: Readonly<Record<string, string>>, name: string): string {
  const value = secrets[name];
  if (value === undefined) throw new Error(`the demo's world has no secret ${name}`);
  return value;
}

function liveFlightsSql(
  columns: readonly string[],
  views: readonly string[],
  from: string,
  to: string,
): string {
  const joins = views.map((view) => `left join ${relations.vectors(view)} using (${positionColumn})`);
  return `copy (select ${quoteIdentifiers(columns)} from ${relations.examples} ${joins.join(' ')}
  where local_day >= date ${quoteText(from)} order by ${positionColumn}) to ${quoteText(to)} (format parquet, compression zstd)`;
}
