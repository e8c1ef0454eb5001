import type { Client } from '@temporalio/client';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ChampionStore } from '../../domain/ports/champions.js';
import type { DatasetStore } from '../../domain/ports/datasets.js';
import type { DeploymentTarget, TargetKind } from '../../domain/ports/deployment-target.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Environments } from '../../domain/ports/environments.js';
import type { Git } from '../../domain/ports/git.js';
import type { Launcher } from '../../domain/ports/launcher.js';
import type { ModelLineStore } from '../../domain/ports/model-lines.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import type { Notice } from '../../domain/ports/outbox.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import type { Signer } from '../../domain/ports/signing.js';
import type { TrackedRefStore } from '../../domain/ports/tracked-refs.js';
import type { SpareHost } from '../../inference/spare-host.js';
import type { EngineAgent } from '../adapters/engine-agent/create-engine-agent.js';
import type { InspectArchive } from './scan-release-image.js';

/** What deciding about releases stands on. */
export interface ReleaseDeps {
  readonly accounts: AccountStore;
  readonly blobs: Pick<BlobStore, 'getJson' | 'putJson'>;
  readonly champions: Pick<ChampionStore, 'champion' | 'stage'>;
  readonly client: Client;
  readonly endpoints: EndpointStore;
  readonly git: Git;
  /** Whether there is an engine agent, so that releases build images. */
  readonly hasEngine: boolean;
  readonly lines: ModelLineStore;
  readonly projects: ProjectStore;
  readonly refs: TrackedRefStore;
  readonly registry: ModelRegistry;
  readonly releases: ReleaseStore;
  readonly signer: Signer;
  /** Tells people where their project says, once a notice. */
  readonly tell: (notice: Notice) => Promise<void>;
}

/** Where endpoints run, by kind; a kind that this machine has no agent of is absent. */
export type Targets = Readonly<Partial<Record<TargetKind, DeploymentTarget>>>;

/** What building and testing serving code stands on. */
export interface BuildDeps {
  /** Folder of advisories; null where there is none. */
  readonly advisories: string | null;
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly endpoints: Pick<EndpointStore, 'revisions'>;
  readonly engine: EngineAgent;
  readonly environments: Environments;
  readonly git: Git;
  /** Where images are pushed to, `<host>[:port][/prefix]`; null: they stay where they are built. */
  readonly imageRegistry: string | null;
  /** Reads an image in a process of its own. */
  readonly inspectImage: InspectArchive;
  readonly launcher: Launcher;
  readonly registry: ModelRegistry;
  readonly releases: Pick<ReleaseStore, 'putLog'>;
  /** Gives the process that a model is loaded into. */
  readonly takeHost: SpareHost['take'];
  readonly workDir: string;
}

/** What bringing revisions to life stands on. */
export interface DeployDeps {
  readonly blobs: BlobStore;
  readonly datasets: DatasetStore;
  readonly endpoints: EndpointStore;
  readonly registry: ModelRegistry;
  readonly releases: Pick<ReleaseStore, 'open'>;
  /** Gives the process that a model is loaded into. */
  readonly takeHost: SpareHost['take'];
  readonly targets: Targets;
  readonly workDir: string;
}
