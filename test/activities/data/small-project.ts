import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { parse, stringify } from 'yaml';
import * as data from '../../../activities/data/index.js';
import { type ProjectConfig, projectSchema } from '../../../domain/config/project.js';
import type { DatasetManifest, DatasetRecord } from '../../../domain/ports/datasets.js';
import { createMemoryBlobStore, type MemoryBlobStore } from '../../fakes/memory-blob-store.js';
import { createMemoryDatasetStore } from '../../fakes/memory-dataset-store.js';
import { createMemoryFeatureStore } from '../../fakes/memory-feature-store.js';
import { createMemoryGit } from '../../fakes/memory-git.js';
import { createMemorySources, type MemorySources } from '../../fakes/memory-sources.js';
import { createDirectLauncher } from './direct-launcher.js';

/** Files of a small project, as objects; a test changes them before it makes the project. */
export type ProjectFiles = Record<string, unknown>;

/** One project with three sources, in memory, and the steps that build its dataset. */
export interface SmallProject {
  readonly deps: data.DataDeps & { readonly blobs: MemoryBlobStore; readonly sources: MemorySources };
  readonly request: data.DatasetRequest;
  plan(): Promise<data.DatasetPlan>;
  collect(): Promise<readonly data.CollectedTable[]>;
  build(): Promise<data.BuiltDataset>;
  prove(built: data.BuiltDataset): Promise<readonly data.DatasetCheck[]>;
  /** Everything: a published version and its manifest. */
  publish(): Promise<{ record: DatasetRecord; manifest: DatasetManifest }>;
  rebuild(version: string): Promise<data.RebuiltDataset>;
  close(): Promise<void>;
}

const day = (index: number) => new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);
const hours = [6, 9, 12, 15, 18];

/** Five trips a day for forty days: a trip is planned, leaves, and arrives two hours later with a delay. */
export function tripsCsv(change: (trip: string[], index: number) => string[] = (trip) => trip): string {
  const rows = Array.from({ length: 200 }, (_, index) => {
    const date = day(Math.floor(index / 5));
    const hour = hours[index % 5] ?? 0;
    const delay = (index * 37) % 60;
    const leaves = `${date} ${String(hour).padStart(2, '0')}:00:00`;
    const arrives = `${date} ${String(hour + 2).padStart(2, '0')}:${String(delay).padStart(2, '0')}:00`;
    return change(
      [
        `trip-${String(index).padStart(3, '0')}`,
        ['north', 'south'][index % 2] ?? '',
        `car-${index % 7}`,
        leaves,
        arrives,
        String(delay),
      ],
      index,
    );
  });
  return `id,line,car,leaves,arrives,delay\n${rows.map((row) => row.join(',')).join('\n')}\n`;
}

export function weatherCsv(): string {
  const rows = Array.from(
    { length: 40 * 4 },
    (_, index) => `north,${day(Math.floor(index / 4))}T0${(index % 4) * 2}:00:00Z,${10 + (index % 9)}`,
  );
  return `line,hour,temp\n${rows.join('\n')}\n`;
}

/** The files of a project that builds and proves. */
export function projectFiles(): ProjectFiles {
  return {
    'ratchet.project.yaml': {
      version: 1,
      project: 'trips',
      models: [{ name: 'late', path: 'models/late' }],
      sources: {
        company: { kind: 'postgres', connection: 'secret://company' },
        lake: { kind: 's3', bucket: 'lake', credentials: 'secret://lake' },
        own: { kind: 'repository', path: 'data' },
      },
    },
    'tables/trips.yaml': {
      version: 1,
      name: 'trips',
      source: 'company',
      query: 'tables/trips.sql',
      columns: {
        id: 'string',
        line: 'string',
        car: 'string',
        leaves: 'timestamp',
        arrives: 'timestamp',
        delay: 'double',
      },
      rowKey: ['id'],
      knownAt: { columns: { arrives: 'arrives', delay: 'arrives' } },
      clean: { normalise: { line: 'lower' }, duplicates: { key: ['id'] } },
    },
    'tables/trips.sql': 'select * from trips',
    'tables/line-weather.yaml': {
      version: 1,
      name: 'line-weather',
      source: 'lake',
      path: 'weather/',
      format: 'csv',
      columns: { line: 'string', hour: 'timestamp', temp: 'double' },
      rowKey: ['line', 'hour'],
      knownAt: { row: 'hour + interval 1 hour' },
    },
    'tables/cars.yaml': {
      version: 1,
      name: 'cars',
      source: 'own',
      path: 'cars.csv',
      format: 'csv',
      columns: { car: 'string', seats: 'integer' },
      rowKey: ['car'],
    },
    'data/cars.csv': `car,seats\n${Array.from({ length: 6 }, (_, index) => `car-${index},${10 + index}`).join('\n')}\n`,
    'features/line-delays.yaml': {
      version: 1,
      name: 'line-delays',
      kind: 'window',
      tables: ['trips'],
      entity: ['line'],
      knownAt: 'arrives',
      window: '24 hours',
      select: 'select line, arrives, delay from trips where delay is not null',
      columns: { line_delay_24h: { aggregate: 'mean', of: 'delay' }, line_trips_24h: { aggregate: 'count' } },
    },
    'features/weather.yaml': {
      version: 1,
      name: 'weather',
      kind: 'latest',
      tables: ['line-weather'],
      entity: ['line'],
      knownAt: 'known_at',
      ttl: '6 hours',
      select: 'select line, hour + interval 1 hour as known_at, temp from line_weather',
      columns: { temp: { of: 'temp' } },
    },
    'features/car-facts.yaml': {
      version: 1,
      name: 'car-facts',
      kind: 'lookup',
      tables: ['cars'],
      entity: ['car'],
      select: 'select car, seats from cars',
      columns: { seats: { of: 'seats' } },
    },
    'models/late/examples.sql': `select id, leaves - interval 1 hour as predict_at, arrives, line, car, delay,
  case when delay >= 30 then 1 when delay < 30 then 0 end as late
from trips`,
    'models/late/ratchet.yaml': modelFile({}),
  };
}

/** The model of the project, with changes to its dataset. */
export function modelFile(changes: Record<string, unknown>): Record<string, unknown> {
  return {
    version: 1,
    model: 'late',
    purpose: {
      intendedUse: 'A small model for tests.',
      prohibitedUses: ['any other'],
      affectedGroups: ['none'],
      sensitiveColumns: [],
    },
    dataset: {
      name: 'late-trips',
      tables: ['trips'],
      examples: 'models/late/examples.sql',
      key: ['id'],
      predictAt: 'predict_at',
      label: 'late',
      labelKnownAt: 'arrives',
      outcomes: ['delay'],
      features: ['line-delays', 'weather', 'car-facts'],
      split: {
        by: 'date',
        column: 'predict_at',
        train: { from: '2020-01-03', to: '2020-01-25' },
        validation: { from: '2020-01-26', to: '2020-02-01' },
        test: { from: '2020-02-02', to: '2020-02-09' },
      },
      recompute: { cuts: 3, rows: 20 },
      ...changes,
    },
    training: { path: 'training', command: ['true'], environment: { kind: 'none' }, algorithm: 'none' },
    evaluation: {
      task: 'classification',
      inputs: ['line', 'line_delay_24h'],
      output: 'p',
      primary: 'rocAuc',
    },
  };
}

const collected = new Map<
  string,
  { tables: readonly data.CollectedTable[]; objects: MemoryBlobStore['objects'] }
>();

/** Equal sources are collected once in a test file: the child process that does it is what takes time. */
async function collectOnce(
  blobs: MemoryBlobStore,
  key: string,
  collect: () => Promise<readonly data.CollectedTable[]>,
): Promise<readonly data.CollectedTable[]> {
  const known = collected.get(key) ?? { tables: await collect(), objects: new Map(blobs.objects) };
  collected.set(key, known);
  const wanted = new Set(known.tables.map(({ snapshot }) => snapshot.sha256));
  for (const [name, object] of known.objects) if (wanted.has(object.sha256)) blobs.objects.set(name, object);
  return known.tables;
}

/** What is in force is what the file says; of one that is wrong, its sources as they stand. */
function createMemoryProjects(text: string): data.DataDeps['projects'] {
  const raw: { readonly sources?: ProjectConfig['sources'] } | null = parse(text);
  const read = projectSchema.safeParse(raw);
  const config = read.success ? read.data : ({ sources: raw?.sources ?? {} } as ProjectConfig);
  const rest = { repo: 'memory', ref: 'main', commit: 'c1', updatedAt: '2020-01-01T00:00:00Z' };
  return { get: async (name) => ({ name, ...rest, config }) };
}

/** Where a project's folders lie in tests: their paths have spaces. */
async function makeProject(files: ProjectFiles = projectFiles()): Promise<SmallProject> {
  const root = await mkdtemp(join(tmpdir(), 'small project '));
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : stringify(content),
    ]),
  );
  const sources = createMemorySources();
  sources.queries.set('select * from trips', tripsCsv());
  sources.objectsByKey.set('weather/all.csv', weatherCsv());
  const deps = {
    git: createMemoryGit({ c1: texts }),
    projects: createMemoryProjects(texts['ratchet.project.yaml'] ?? ''),
    sources,
    blobs: createMemoryBlobStore(),
    datasets: createMemoryDatasetStore(),
    features: createMemoryFeatureStore(['trips', 'second']),
    launcher: createDirectLauncher(),
  };
  const request = { project: 'trips', repo: 'memory', commit: 'c1', modelPath: 'models/late' };
  const work = async (): Promise<data.WorkOptions> => ({
    workDir: await mkdtemp(join(root, 'work ')),
    key: 'k',
    fence: 1,
    bounds: { threads: 2, memoryMiB: 256, wallMs: 60_000, diskMiB: 1024 },
  });
  const project: SmallProject = {
    deps,
    request,
    plan: async () => await data.planDataset(deps, request, null),
    collect: async () => {
      const { fingerprints } = await project.plan();
      const tables = Object.entries(texts).filter(([path]) => path.startsWith('tables/'));
      return await collectOnce(
        deps.blobs,
        JSON.stringify([fingerprints, tables]),
        async () => await data.collectTables(deps, { ...request, fingerprints }, await work()),
      );
    },
    build: async () =>
      await data.buildDataset(
        deps,
        { ...request, tables: await project.collect(), runId: null },
        await work(),
      ),
    prove: async ({ draft }) => await data.proveDataset(deps, { ...request, draft }, await work()),
    publish: async () => {
      const built = await project.build();
      const checks = await project.prove(built);
      const record = await data.publishDataset(deps, { draft: built.draft, checks, runId: null });
      return { record, manifest: (await deps.blobs.getJson(record.manifest)) as DatasetManifest };
    },
    rebuild: async (version) =>
      await data.rebuildDataset(deps, { project: 'trips', name: 'late-trips', version }, await work()),
    close: async () => await rm(root, { recursive: true, force: true }),
  };
  return project;
}

/** The files of the project with some of them changed. */
export function withFiles(changes: ProjectFiles): ProjectFiles {
  return { ...projectFiles(), ...changes };
}

/** Makes projects and closes them after each test. */
export function projectOpener(): (files?: ProjectFiles) => Promise<SmallProject> {
  const opened: SmallProject[] = [];
  afterEach(async () => {
    for (const project of opened.splice(0)) await project.close();
  });
  return async (files) => {
    const project = await makeProject(files);
    opened.push(project);
    return project;
  };
}
