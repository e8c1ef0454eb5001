import type { AccountStore } from '../domain/ports/accounts.js';
import type { ApprovalStore } from '../domain/ports/approvals.js';
import type { AuditLog } from '../domain/ports/audit.js';
import type { BlobNames } from '../domain/ports/blobs.js';
import type { ChampionStore } from '../domain/ports/champions.js';
import type { DatasetStore } from '../domain/ports/datasets.js';
import type { DeliveryStore } from '../domain/ports/deliveries.js';
import type { EndpointStore } from '../domain/ports/endpoints.js';
import type { FeatureStore } from '../domain/ports/features.js';
import type { ImageScanStore } from '../domain/ports/image-scans.js';
import type { ModelLineStore } from '../domain/ports/model-lines.js';
import type { ModelRegistry } from '../domain/ports/models.js';
import type { Outbox } from '../domain/ports/outbox.js';
import type { PolicyStore } from '../domain/ports/policies.js';
import type { PredictionDays } from '../domain/ports/predictions.js';
import type { ProjectStore } from '../domain/ports/projects.js';
import type { RecordedPredictions } from '../domain/ports/recorded-predictions.js';
import type { ReleaseStore } from '../domain/ports/releases.js';
import type { RunStore } from '../domain/ports/runs.js';
import type { ScheduleStore } from '../domain/ports/schedules.js';
import type { ServedMinutes } from '../domain/ports/served-minutes.js';
import type { SigningKeys } from '../domain/ports/signing.js';
import type { TrackedRefStore } from '../domain/ports/tracked-refs.js';
import type { TriggerStore } from '../domain/ports/trigger-events.js';
import type { ServedTraffic, WatchStore } from '../domain/ports/watches.js';
import type { WatermarkStore } from '../domain/ports/watermarks.js';
import { createAccountStore } from './accounts.js';
import { createApprovalStore } from './approvals.js';
import { createAuditLog } from './audit-log.js';
import { createBlobNames } from './blob-names.js';
import { createChampionStore } from './champions.js';
import { connect, type Database } from './client.js';
import { createDatasetStore } from './datasets.js';
import { createDeliveryStore } from './deliveries.js';
import { createEndpointStore } from './endpoints.js';
import { createFeatureStore } from './features.js';
import { createIdempotencyKeys, type IdempotencyKeys } from './idempotency.js';
import { createImageScanStore } from './image-scans.js';
import { createModelLineStore } from './model-lines.js';
import { createModelRegistry } from './models.js';
import { createOutbox } from './outbox.js';
import { createPolicyStore } from './policies.js';
import { createPredictionDays } from './prediction-days.js';
import { createProjectStore } from './projects.js';
import { closedGate, type PromotionGate } from './promotion-facts.js';
import { createRecordedPredictions } from './recorded-predictions.js';
import { createReleaseStore } from './releases.js';
import { createRunStore } from './runs.js';
import { createScheduleStore } from './schedules.js';
import { createServedMinutes } from './served-minutes.js';
import { createServedTraffic } from './served-traffic.js';
import { createSigningKeys } from './signing-keys.js';
import { createTrackedRefStore } from './tracked-refs.js';
import { createTriggerStore } from './triggers.js';
import { createWatchStore } from './watches.js';
import { createWatermarkStore } from './watermarks.js';

/** Everything that is remembered, behind its ports. */
export interface Stores {
  readonly accounts: AccountStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditLog;
  readonly champions: ChampionStore;
  readonly blobNames: BlobNames;
  readonly datasets: DatasetStore;
  readonly deliveries: DeliveryStore;
  readonly endpoints: EndpointStore;
  readonly features: FeatureStore;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly imageScans: ImageScanStore;
  readonly modelLines: ModelLineStore;
  readonly outbox: Outbox;
  readonly policies: PolicyStore;
  readonly predictionDays: PredictionDays;
  readonly projects: ProjectStore;
  readonly recorded: RecordedPredictions;
  readonly registry: ModelRegistry;
  readonly releases: ReleaseStore;
  readonly runs: RunStore;
  readonly schedules: ScheduleStore;
  readonly servedMinutes: ServedMinutes;
  readonly signingKeys: SigningKeys;
  readonly trackedRefs: TrackedRefStore;
  readonly traffic: ServedTraffic;
  readonly triggers: TriggerStore;
  readonly watches: WatchStore;
  readonly watermarks: WatermarkStore;
}

/** The stores over one pool, and what can be asked of the pool itself. */
export interface OpenDatabase extends Pick<Database, 'close' | 'load' | 'ping'> {
  readonly stores: Stores;
}

/** Opens the stores over one pool. Error: `PART_UNAVAILABLE` where the server does not answer. */
export async function openDatabase(settings: {
  readonly url: string;
  readonly poolSize: number;
  readonly application: string;
  /** Absent: the process promotes nothing. */
  readonly gate?: PromotionGate;
}): Promise<OpenDatabase> {
  const database = connect(settings.url, settings);
  await database.ping();
  const stores = {
    accounts: createAccountStore(database),
    approvals: createApprovalStore(database),
    audit: createAuditLog(database),
    champions: createChampionStore(database, settings.gate ?? closedGate),
    blobNames: createBlobNames(database),
    datasets: createDatasetStore(database),
    deliveries: createDeliveryStore(database),
    endpoints: createEndpointStore(database),
    features: createFeatureStore(database),
    idempotencyKeys: createIdempotencyKeys(database),
    imageScans: createImageScanStore(database),
    modelLines: createModelLineStore(database),
    outbox: createOutbox(database),
    policies: createPolicyStore(database),
    predictionDays: createPredictionDays(database),
    projects: createProjectStore(database),
    recorded: createRecordedPredictions(database),
    registry: createModelRegistry(database),
    releases: createReleaseStore(database),
    runs: createRunStore(database),
    schedules: createScheduleStore(database),
    servedMinutes: createServedMinutes(database),
    signingKeys: createSigningKeys(database),
    trackedRefs: createTrackedRefStore(database),
    traffic: createServedTraffic(database),
    triggers: createTriggerStore(database),
    watches: createWatchStore(database),
    watermarks: createWatermarkStore(database),
  };
  const { close, load, ping } = database;
  return { stores, close, load, ping };
}
