import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ChampionStore } from '../../domain/ports/champions.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { Environments } from '../../domain/ports/environments.js';
import type { Git } from '../../domain/ports/git.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import type { PolicyStore } from '../../domain/ports/policies.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { RunStore } from '../../domain/ports/runs.js';
import type { SpareHost } from '../../inference/spare-host.js';

export interface PolicyDeps {
  readonly blobs: BlobStore;
  readonly champions: Pick<ChampionStore, 'champion' | 'judge'>;
  readonly datasets: DatasetStore;
  readonly environments: Environments;
  readonly git: Git;
  readonly launcher: Launcher;
  readonly policies: Pick<PolicyStore, 'inForce' | 'putVerdict'>;
  readonly projects: Pick<ProjectStore, 'get' | 'organisation'>;
  readonly registry: ModelRegistry;
  readonly runs: RunStore;
  /** Gives the process that a model is loaded into. */
  readonly takeHost: SpareHost['take'];
  readonly workDir: string;
}
