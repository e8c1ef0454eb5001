import { afterAll, beforeAll, describe } from 'vitest';
import { createAccountStore } from '../../db/accounts.js';
import { createApprovalStore } from '../../db/approvals.js';
import { createAuditLog } from '../../db/audit-log.js';
import { createDatasetStore } from '../../db/datasets.js';
import { createEffects } from '../../db/effects.js';
import { createEndpointStore } from '../../db/endpoints.js';
import { createFeatureStore } from '../../db/features.js';
import { createImageScanStore } from '../../db/image-scans.js';
import { createModelLineStore } from '../../db/model-lines.js';
import { createModelRegistry } from '../../db/models.js';
import { createPolicyStore } from '../../db/policies.js';
import { createProjectStore } from '../../db/projects.js';
import { createReleaseStore } from '../../db/releases.js';
import { createRunStore } from '../../db/runs.js';
import { createScheduleStore } from '../../db/schedules.js';
import { createTrackedRefStore } from '../../db/tracked-refs.js';
import { createTriggerStore } from '../../db/triggers.js';
import { createWatchStore } from '../../db/watches.js';
import { createWatermarkStore } from '../../db/watermarks.js';
import { accountStoreConformance } from '../conformance/account-store.js';
import { approvalStoreConformance } from '../conformance/approval-store.js';
import { auditLogConformance } from '../conformance/audit-log.js';
import { datasetStoreConformance } from '../conformance/dataset-store.js';
import { effectsConformance } from '../conformance/effects.js';
import { endpointStoreConformance } from '../conformance/endpoint-store.js';
import { featureStoreConformance } from '../conformance/feature-store.js';
import { imageScanStoreConformance } from '../conformance/image-scan-store.js';
import { modelLineStoreConformance } from '../conformance/model-line-store.js';
import { modelRegistryConformance } from '../conformance/model-registry.js';
import { policyStoreConformance } from '../conformance/policy-store.js';
import { projectStoreConformance } from '../conformance/project-store.js';
import { releaseStoreConformance } from '../conformance/release-store.js';
import { runStoreConformance } from '../conformance/run-store.js';
import { scheduleStoreConformance } from '../conformance/schedule-store.js';
import { trackedRefStoreConformance } from '../conformance/tracked-ref-store.js';
import { triggerStoreConformance } from '../conformance/trigger-store.js';
import { watchStoreConformance } from '../conformance/watch-store.js';
import { watermarkStoreConformance } from '../conformance/watermark-store.js';
import { championSubject } from './champion-room.js';
import { type DatabaseRoom, openDatabaseRoom } from './database-room.js';

let room: DatabaseRoom;
let keys = 0;
beforeAll(async () => {
  room = await openDatabaseRoom();
});
afterAll(() => room.close());

const stores = async () => ({
  registry: createModelRegistry(room.database),
  datasets: createDatasetStore(room.database),
  features: createFeatureStore(room.database),
  runs: createRunStore(room.database),
  project: await room.newProject(),
});
const triggerStores = async () => ({
  modelLines: createModelLineStore(room.database),
  runs: createRunStore(room.database),
  schedules: createScheduleStore(room.database),
  trackedRefs: createTrackedRefStore(room.database),
  triggers: createTriggerStore(room.database),
  watermarks: createWatermarkStore(room.database),
  project: await room.newProject(),
});
const servingStores = async () => ({
  ...(await stores()),
  endpoints: createEndpointStore(room.database),
  releases: createReleaseStore(room.database),
  imageScans: createImageScanStore(room.database),
});
const newKey = () => `key-${++keys}`;

describe('the project store on Postgres', () =>
  projectStoreConformance(async () => ({
    projects: createProjectStore(room.database),
    policies: createPolicyStore(room.database),
    approvals: createApprovalStore(room.database),
    name: newKey(),
  })));
describe('the run store on Postgres', () => runStoreConformance(stores));
describe('the feature store on Postgres', () => featureStoreConformance(stores));
describe('the dataset store on Postgres', () => datasetStoreConformance(stores));
describe('the model registry on Postgres', () => modelRegistryConformance(stores));
describe('effects on Postgres', () =>
  effectsConformance(async () => ({ effects: createEffects(room.database), key: newKey() })));
describe('the account store on Postgres', () =>
  accountStoreConformance(async () => ({
    accounts: createAccountStore(room.database),
    project: await room.newProject(),
  })));
describe('the approval store on Postgres', () =>
  approvalStoreConformance(async () => ({
    approvals: createApprovalStore(room.database),
    project: await room.newProject(),
  })));
describe('the audit log on Postgres', () =>
  auditLogConformance(async () => ({
    audit: createAuditLog(room.database),
    project: await room.newProject(),
  })));
describe('the policy store on Postgres', () => policyStoreConformance(() => championSubject(room)));
describe('the trigger store on Postgres', () => triggerStoreConformance(triggerStores));
describe('the tracked ref store on Postgres', () => trackedRefStoreConformance(triggerStores));
describe('the schedule store on Postgres', () => scheduleStoreConformance(triggerStores));
describe('the watermark store on Postgres', () => watermarkStoreConformance(triggerStores));
describe('the model line store on Postgres', () => modelLineStoreConformance(triggerStores));
describe('the endpoint store on Postgres', () => endpointStoreConformance(servingStores));
describe('the store of image scans on Postgres', () => imageScanStoreConformance(servingStores));
describe('the release store on Postgres', () => releaseStoreConformance(servingStores));
describe('the watch store on Postgres', () =>
  watchStoreConformance(async () => ({
    ...(await servingStores()),
    watches: createWatchStore(room.database),
  })));
