import { afterAll, beforeAll, describe } from 'vitest';
import { createAccountStore } from '../../db/accounts.js';
import { createApprovalStore } from '../../db/approvals.js';
import { createAuditLog } from '../../db/audit-log.js';
import { createChampionStore } from '../../db/champions.js';
import { createEndpointStore } from '../../db/endpoints.js';
import { createModelLineStore } from '../../db/model-lines.js';
import { createPolicyStore } from '../../db/policies.js';
import { createProjectStore } from '../../db/projects.js';
import { createReleaseStore } from '../../db/releases.js';
import { createSigningKeys } from '../../db/signing-keys.js';
import { createTrackedRefStore } from '../../db/tracked-refs.js';
import { createWatchStore } from '../../db/watches.js';
import type { ChangesStores } from '../conformance/changes-room.js';
import { governedChangesConformance } from '../conformance/governed-changes.js';
import { organisationChangesConformance } from '../conformance/organisation-changes.js';
import { plainGate } from '../conformance/promotion-world.js';
import { createMemoryBlobStore } from '../fakes/memory-blob-store.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

let room: DatabaseRoom;
beforeAll(async () => {
  room = await openDatabaseRoom();
});
afterAll(() => room.close());

let projects = 0;

const stores = async (): Promise<ChangesStores> => {
  const { database, owner } = room;
  projects += 1;
  return {
    accounts: createAccountStore(database),
    approvals: createApprovalStore(database),
    audit: createAuditLog(database),
    blobs: createMemoryBlobStore(),
    champions: createChampionStore(database, plainGate),
    endpoints: createEndpointStore(database),
    modelLines: createModelLineStore(database),
    policies: createPolicyStore(database),
    projects: createProjectStore(database),
    releases: createReleaseStore(database),
    trackedRefs: createTrackedRefStore(database),
    watches: createWatchStore(database),
    signingKeys: createSigningKeys(database),
    project: `trips-${projects}`,
    putSigningKey: ({ publicKey, notBefore }) => owner.register(publicKey, notBefore).then(() => undefined),
  };
};

describe('a change of a project, on Postgres', () => governedChangesConformance(stores));
describe('the project of the organisation, on Postgres', () => organisationChangesConformance(stores));
