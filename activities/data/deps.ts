import type { BlobRef, BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { FeatureStore } from '../../domain/ports/features.js';
import type { Git } from '../../domain/ports/git.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { Sources } from '../../domain/ports/sources.js';

/** What the data activities stand on. */
export interface DataDeps {
  readonly git: Git;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly sources: Sources;
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly features: FeatureStore;
  readonly launcher: Launcher;
}

/** One model's dataset at one commit. */
export interface DatasetRequest {
  readonly project: string;
  readonly repo: string;
  /** Full commit id. */
  readonly commit: string;
  /** Folder of the model's ratchet.yaml. */
  readonly modelPath: string;
}

/** Bounds of each DuckDB child process. */
export interface JobBounds {
  readonly threads: number;
  readonly memoryMiB: number;
  readonly wallMs: number;
  readonly diskMiB: number;
}

/** Where and how a step works. */
export interface WorkOptions {
  /** An empty folder, removed by the caller. */
  readonly workDir: string;
  /** Business key and fencing number of the attempt, for the launcher. */
  readonly key: string;
  readonly fence: number;
  readonly bounds: JobBounds;
  readonly signal?: AbortSignal;
  readonly progress?: (text: string) => void;
}

/** A table as it was collected: what a source said, and its raw rows. */
export interface CollectedTable {
  readonly table: string;
  readonly source: string;
  readonly fingerprint: string;
  readonly rows: number;
  readonly snapshot: BlobRef;
}
