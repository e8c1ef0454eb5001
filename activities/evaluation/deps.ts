import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import type { RunStore } from '../../domain/ports/runs.js';
import type { SpareHost } from '../../inference/spare-host.js';

export interface EvaluationDeps {
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly launcher: Launcher;
  readonly registry: ModelRegistry;
  readonly runs: RunStore;
  /** Gives the process that a model is loaded into. */
  readonly takeHost: SpareHost['take'];
  readonly workDir: string;
}
