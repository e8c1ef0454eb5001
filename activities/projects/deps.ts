import type { AccountStore } from '../../domain/ports/accounts.js';
import type { ApprovalStore } from '../../domain/ports/approvals.js';
import type { AuditLog } from '../../domain/ports/audit.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ChampionStore } from '../../domain/ports/champions.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Git } from '../../domain/ports/git.js';
import type { ModelLineStore } from '../../domain/ports/model-lines.js';
import type { PolicyStore } from '../../domain/ports/policies.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import type { SigningKeys, Verifier } from '../../domain/ports/signing.js';
import type { TrackedRefStore } from '../../domain/ports/tracked-refs.js';
import type { WatchStore } from '../../domain/ports/watches.js';

/** What applying a repository stands on. */
export interface ProjectDeps {
  readonly accounts: AccountStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditLog;
  readonly blobs: BlobStore;
  readonly champions: Pick<ChampionStore, 'champion'>;
  readonly endpoints: EndpointStore;
  readonly git: Git;
  readonly modelLines: ModelLineStore;
  readonly policies: PolicyStore;
  readonly projects: ProjectStore;
  readonly releases: Pick<ReleaseStore, 'create'>;
  readonly trackedRefs: TrackedRefStore;
  readonly watches: Pick<WatchStore, 'declare'>;
}

/** What letting an approved change in stands on beside: its votes are judged again. */
export interface ChangeDeps extends ProjectDeps {
  readonly signingKeys: SigningKeys;
  readonly verifier: Verifier;
}
