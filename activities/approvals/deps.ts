import type { PolicyPeople } from '../../domain/policy/merge-people.js';
import type { AccountStore } from '../../domain/ports/accounts.js';
import type { ApprovalRecord, ApprovalStore } from '../../domain/ports/approvals.js';
import type { AuditLog } from '../../domain/ports/audit.js';
import type { BlobStore } from '../../domain/ports/blobs.js';
import type { ChampionStore } from '../../domain/ports/champions.js';
import type { EndpointStore } from '../../domain/ports/endpoints.js';
import type { Git } from '../../domain/ports/git.js';
import type { ModelRegistry } from '../../domain/ports/models.js';
import type { Notice } from '../../domain/ports/outbox.js';
import type { PolicyStore } from '../../domain/ports/policies.js';
import type { ProjectStore } from '../../domain/ports/projects.js';
import type { ReleaseStore } from '../../domain/ports/releases.js';
import type { RunStore } from '../../domain/ports/runs.js';
import type { Signer, SigningKeys, Verifier } from '../../domain/ports/signing.js';
import type { SubjectDigests } from '../../domain/signing/vote-statement.js';

/** The policies of the organisation and of the model as the one that judges, and its digest. */
export interface MergedPolicy {
  readonly digest: string;
  /** Null where programs decide alone. */
  readonly people: PolicyPeople | null;
}

/** What an approval stands on. */
export interface ApprovalDeps {
  readonly accounts: AccountStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditLog;
  readonly policies: PolicyStore;
  readonly registry: ModelRegistry;
  readonly signingKeys: SigningKeys;
  /** Tells people where their project says, once a notice. */
  readonly tell: (notice: Notice) => Promise<void>;
  readonly verifier: Verifier;
  /** What is in force for a model at this moment. */
  readonly mergedPolicy: (project: string, model: string) => Promise<MergedPolicy>;
  /** Digests in force of what a change of members, roles, sources or policies is about. */
  readonly changeDigests: (approval: ApprovalRecord) => Promise<SubjectDigests>;
}

/** What a promotion stands on beside. */
export interface PromotionDeps extends ApprovalDeps {
  readonly blobs: BlobStore;
  readonly champions: ChampionStore;
  readonly endpoints: Pick<EndpointStore, 'list'>;
  readonly git: Git;
  readonly projects: ProjectStore;
  readonly releases: Pick<ReleaseStore, 'create'>;
  readonly runs: RunStore;
  readonly signer: Signer;
}
