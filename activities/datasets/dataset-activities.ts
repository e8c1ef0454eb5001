import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IngestDatasetInput, IngestDatasetResult } from '../../domain/lifecycle/ingest-dataset.js';
import type { RebuildDatasetInput, RebuildDatasetResult } from '../../domain/lifecycle/rebuild-dataset.js';
import type { TagDatasetInput, TagDatasetResult } from '../../domain/lifecycle/tag-dataset.js';
import type { DatasetManifest } from '../../domain/ports/datasets.js';
import {
  type BuiltDataset,
  buildDataset,
  type CollectedTable,
  collectTables,
  countSubset,
  type DataDeps,
  type DatasetCheck,
  type Fingerprints,
  proveDataset,
  publishDataset,
  rebuildDataset,
  type WorkOptions,
} from '../data/index.js';
import { currentStep, reportProgress, unlessDone } from '../steps/current-step.js';
import { withHeartbeats } from '../steps/heartbeats.js';

export interface DatasetActivityDeps extends DataDeps {
  readonly workDir: string;
}

type Collected = IngestDatasetInput & { readonly collected: readonly CollectedTable[] };
type Built = Collected & { readonly built: BuiltDataset };
type Proven = Built & { readonly proven: readonly DatasetCheck[] };

/** What DuckDB may use for one dataset. */
const bounds = { threads: 2, memoryMiB: 1536, wallMs: 2 * 60 * 60_000, diskMiB: 50 * 1024 };

/** The stages of a dataset. Each is done once for equal inputs of one run. */
export function createDatasetActivities(deps: DatasetActivityDeps) {
  const stage = <T>(inputs: Readonly<Record<string, string>>, work: (options: WorkOptions) => Promise<T>) =>
    unlessDone(inputs, () => {
      const { runId, name, fence } = currentStep();
      return inWorkFolder(deps.workDir, { key: `${name}/${runId}`, fence, progress: reportProgress }, work);
    });
  return {
    async collectTables(
      input: IngestDatasetInput & { readonly fingerprints: Fingerprints },
    ): Promise<readonly CollectedTable[]> {
      return stage({ dataset: input.key }, (options) => collectTables(deps, input, options));
    },
    async buildDataset(input: Collected): Promise<BuiltDataset> {
      return stage({ dataset: input.key }, (options) =>
        buildDataset(deps, { ...input, tables: input.collected }, options),
      );
    },
    async proveDataset(input: Built): Promise<readonly DatasetCheck[]> {
      return stage({ dataset: input.built.digest, definition: input.key }, (options) =>
        proveDataset(deps, { ...input, draft: input.built.draft }, options),
      );
    },
    async publishDataset(input: Proven): Promise<IngestDatasetResult> {
      const { name, version, digest } = await publishDataset(deps, {
        draft: input.built.draft,
        checks: input.proven,
        runId: input.runId,
      });
      return { name, version, digest };
    },
    /** Not a step of a run: someone wants to know whether a version can be made again. */
    async rebuildVersion(input: RebuildDatasetInput): Promise<RebuildDatasetResult> {
      const key = `rebuild/${input.project}/${input.name}/${input.version}`;
      const at = { project: input.project, name: input.name, version: String(input.version) };
      const stored = await deps.datasets.get(at.project, at.name, at.version);
      const rebuilt = await inWorkFolder(deps.workDir, { key, fence: Date.now() }, (options) =>
        rebuildDataset(deps, at, options),
      );
      return {
        version: stored.version,
        digest: stored.digest,
        rebuiltDigest: rebuilt.digest,
        equal: rebuilt.digest === stored.digest,
      };
    },
    /** Not a step of a run either. The tag is kept with the number of rows that its condition selects. */
    async tagSubset({ project, name, version, tag, where }: TagDatasetInput): Promise<TagDatasetResult> {
      const stored = await deps.datasets.get(project, name, String(version));
      const manifest = (await deps.blobs.getJson(stored.manifest)) as DatasetManifest;
      const key = `tag/${project}/${name}/${tag}`;
      const rows = await inWorkFolder(deps.workDir, { key, fence: Date.now() }, (options) =>
        countSubset(deps, { manifest, where }, options),
      );
      await deps.datasets.tag(project, name, version, tag, { where, rows });
      return { version, where, rows };
    },
  };
}
export type DatasetActivities = ReturnType<typeof createDatasetActivities>;

function inWorkFolder<T>(
  workDir: string,
  about: Pick<WorkOptions, 'key' | 'fence' | 'progress'>,
  work: (options: WorkOptions) => Promise<T>,
): Promise<T> {
  return withHeartbeats(async (signal) => {
    await mkdir(workDir, { recursive: true });
    const folder = await mkdtemp(join(workDir, 'dataset-'));
    try {
      return await work({ ...about, workDir: folder, bounds, signal });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
