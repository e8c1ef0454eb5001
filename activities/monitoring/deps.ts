import type { BlobStore } from '../../domain/ports/blobs.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Git } from '../../domain/ports/git.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { TriggerStore } from '../../domain/ports/trigger-events.js';
import type { ServedTraffic, WatchStore } from '../../domain/ports/watches.js';
import type { SpareHost } from '../../inference/spare-host.js';

/** What freezing a reference stands on. */
export interface ReferenceDeps {
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly git: Git;
  readonly projects: Pick<ProjectStore, 'get'>;
  readonly registry: Pick<ModelRegistry, 'get' | 'evaluation'>;
  /** Gives the process that a model is loaded into. */
  readonly takeHost: SpareHost['take'];
  readonly watches: Pick<WatchStore, 'reference' | 'putReference'>;
  readonly workDir: string;
}

/** What judging windows stands on. */
export interface WatchDeps extends ReferenceDeps {
  readonly endpoints: Pick<EndpointStore, 'get' | 'liveAt'>;
  readonly traffic: ServedTraffic;
  readonly triggers: Pick<TriggerStore, 'record'>;
  readonly watches: WatchStore;
  /** The clock, ISO-8601. */
  readonly now: () => string;
  /** How long after a look without result it looks again at the latest. */
  readonly lookEveryMs: number;
}
