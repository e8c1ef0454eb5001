import { createAccountStore } from '../../db/accounts.js';
import { createApprovalStore } from '../../db/approvals.js';
import { createAuditLog } from '../../db/audit-log.js';
import { createChampionStore } from '../../db/champions.js';
import { createDatasetStore } from '../../db/datasets.js';
import { createFeatureStore } from '../../db/features.js';
import { createModelRegistry } from '../../db/models.js';
import { createPolicyStore } from '../../db/policies.js';
import { createRunStore } from '../../db/runs.js';
import { type ChampionSubject, plainGate } from '../conformance/promotion-world.js';
import type { DatabaseRoom } from './database-room.js';

/** The stores of a room behind the plain gate, and a new project. Keys are put by the owner. */
export async function championSubject(room: DatabaseRoom): Promise<ChampionSubject> {
  const { database, owner } = room;
  return {
    accounts: createAccountStore(database),
    approvals: createApprovalStore(database),
    audit: createAuditLog(database),
    champions: createChampionStore(database, plainGate),
    datasets: createDatasetStore(database),
    features: createFeatureStore(database),
    policies: createPolicyStore(database),
    registry: createModelRegistry(database),
    runs: createRunStore(database),
    project: await room.newProject(),
    async putSigningKey(key) {
      await owner.register(key.publicKey, key.notBefore);
      if (key.revokedAt !== null) await owner.revoke(key.id);
    },
  };
}
