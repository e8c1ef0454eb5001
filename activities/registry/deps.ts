import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import type { RunStore } from '../../domain/ports/runs.js';

export interface RegistryDeps {
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly registry: ModelRegistry;
  readonly runs: RunStore;
  readonly workDir: string;
}
