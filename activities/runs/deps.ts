import type { Client } from '@temporalio/client';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { Environments } from '../../domain/ports/environments.js';
import type { FeatureStore } from '../../domain/ports/features.js';
import type { Git } from '../../domain/ports/git.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { RunStore } from '../../domain/ports/runs.js';
import type { Sources } from '../../domain/ports/sources.js';

export interface RunDeps {
  readonly blobs: BlobStore;
  readonly client: Client;
  readonly datasets: DatasetStore;
  readonly environments: Environments;
  readonly features: FeatureStore;
  readonly git: Git;
  readonly projects: ProjectStore;
  readonly runs: RunStore;
  readonly sources: Sources;
}
