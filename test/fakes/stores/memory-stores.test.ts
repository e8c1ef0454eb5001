import { describe } from 'vitest';
import { projectConfig } from '../../../domain/config/project.js';
import { accountStoreConformance } from '../../conformance/account-store.js';
import { approvalStoreConformance } from '../../conformance/approval-store.js';
import { auditLogConformance } from '../../conformance/audit-log.js';
import { championStoreConformance } from '../../conformance/champion-store.js';
import { datasetStoreConformance } from '../../conformance/dataset-store.js';
import { deliveryStoreConformance } from '../../conformance/delivery-store.js';
import { endpointStoreConformance } from '../../conformance/endpoint-store.js';
import { featureStoreConformance } from '../../conformance/feature-store.js';
import { imageScanStoreConformance } from '../../conformance/image-scan-store.js';
import { modelLineStoreConformance } from '../../conformance/model-line-store.js';
import { modelRegistryConformance } from '../../conformance/model-registry.js';
import { outboxConformance } from '../../conformance/outbox.js';
import { policyStoreConformance } from '../../conformance/policy-store.js';
import { projectStoreConformance } from '../../conformance/project-store.js';
import { promotionRefusals } from '../../conformance/promotion-refusals.js';
import { plainGate } from '../../conformance/promotion-world.js';
import { releaseStoreConformance } from '../../conformance/release-store.js';
import { runStoreConformance } from '../../conformance/run-store.js';
import { scheduleStoreConformance } from '../../conformance/schedule-store.js';
import { trackedRefStoreConformance } from '../../conformance/tracked-ref-store.js';
import { triggerStoreConformance } from '../../conformance/trigger-store.js';
import { watchStoreConformance } from '../../conformance/watch-store.js';
import { watermarkStoreConformance } from '../../conformance/watermark-store.js';
import { createMemoryStores } from './memory-stores.js';

async function makeStores() {
  const stores = createMemoryStores(plainGate);
  const models = [{ name: 'm', path: 'm' }];
  const config = projectConfig({ version: 1, project: 'p', models, sources: {} });
  for (const name of ['p', 'q']) {
    await stores.projects.put({ name, repo: `/${name}`, ref: 'main', commit: 'a'.repeat(40), config });
  }
  return { ...stores, project: 'p' };
}

describe('the project store in memory', () =>
  projectStoreConformance(async () => ({ ...createMemoryStores(), name: 'new' })));
describe('the run store in memory', () => runStoreConformance(makeStores));
describe('the store of image scans in memory', () => imageScanStoreConformance(makeStores));
describe('the feature store beside others in memory', () => featureStoreConformance(makeStores));
describe('the dataset store in memory', () => datasetStoreConformance(makeStores));
describe('the model registry in memory', () => modelRegistryConformance(makeStores));
describe('the account store in memory', () => accountStoreConformance(makeStores));
describe('the approval store in memory', () => approvalStoreConformance(makeStores));
describe('the audit log in memory', () => auditLogConformance(makeStores));
describe('the policy store in memory', () => policyStoreConformance(makeStores));
describe('the champion store in memory', () => championStoreConformance(makeStores));
describe('the delivery store in memory', () =>
  deliveryStoreConformance(async () => {
    const { deliveries } = await makeStores();
    return { deliveries, projects: ['p', 'q'] };
  }));
describe('promotion in memory', () => promotionRefusals(makeStores));
describe('the outbox in memory', () =>
  outboxConformance(async () => {
    const { outbox } = await makeStores();
    return { outbox, project: 'p', other: 'q' };
  }));
describe('the trigger store in memory', () => triggerStoreConformance(makeStores));
describe('the tracked ref store in memory', () => trackedRefStoreConformance(makeStores));
describe('the schedule store in memory', () => scheduleStoreConformance(makeStores));
describe('the watermark store in memory', () => watermarkStoreConformance(makeStores));
describe('the model line store in memory', () => modelLineStoreConformance(makeStores));
describe('the endpoint store in memory', () => endpointStoreConformance(makeStores));
describe('the release store in memory', () => releaseStoreConformance(makeStores));
describe('the watch store in memory', () => watchStoreConformance(makeStores));
