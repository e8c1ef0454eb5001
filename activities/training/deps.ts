import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { Environments } from '../../domain/ports/environments.js';
import type { Git } from '../../domain/ports/git.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import type { RunStore } from '../../domain/ports/runs.js';
import type { Secrets } from '../../domain/ports/secrets.js';
import type { DevicePool } from './device-pool.js';

export interface TrainingDeps {
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly environments: Environments;
  readonly git: Git;
  readonly launcher: Launcher;
  readonly runs: RunStore;
  readonly secrets: Secrets;
  readonly devices: DevicePool;
  /** How often something killed the command of a run, as far as this worker knows. */
  readonly kills: Map<string, number>;
  /** Folder for working copies; each attempt makes one of its own below it. */
  readonly workDir: string;
}
