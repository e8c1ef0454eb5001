import { closedGate, type PromotionGate } from '../../../db/promotion-facts.js';
import type { AccountStore } from '../../../domain/ports/accounts.js';
import type { ApprovalStore } from '../../../domain/ports/approvals.js';
import type { AuditLog } from '../../../domain/ports/audit.js';
import type { ChampionStore } from '../../../domain/ports/champions.js';
import type { DatasetStore } from '../../../domain/ports/datasets.js';
import type { DeliveryStore } from '../../../domain/ports/deliveries.js';
import type { EndpointStore } from '../../../domain/ports/endpoints.js';
import type { FeatureStore } from '../../../domain/ports/features.js';
import type { ImageScanStore } from '../../../domain/ports/image-scans.js';
import type { ModelLineStore } from '../../../domain/ports/model-lines.js';
import type { ModelRegistry } from '../../../domain/ports/models.js';
import type { Outbox } from '../../../domain/ports/outbox.js';
import type { PolicyStore } from '../../../domain/ports/policies.js';
import type { ProjectStore } from '../../../domain/ports/projects.js';
import type { ReleaseStore } from '../../../domain/ports/releases.js';
import type { Refusal, RunStore } from '../../../domain/ports/runs.js';
import type { ScheduleStore } from '../../../domain/ports/schedules.js';
import type { SigningKeys } from '../../../domain/ports/signing.js';
import type { TrackedRefStore } from '../../../domain/ports/tracked-refs.js';
import type { TriggerStore } from '../../../domain/ports/trigger-events.js';
import type { WatchStore } from '../../../domain/ports/watches.js';
import type { WatermarkStore } from '../../../domain/ports/watermarks.js';
import type { SigningKey } from '../../../domain/signing/envelope.js';
import { createMemoryFeatureStore } from '../memory-feature-store.js';
import { createMemoryAccounts } from './memory-accounts.js';
import { createMemoryApprovals } from './memory-approvals.js';
import { createMemoryAudit } from './memory-audit.js';
import { createMemoryChampions } from './memory-champions.js';
import { createMemoryDatasets } from './memory-datasets.js';
import { createMemoryDeliveries } from './memory-deliveries.js';
import { createMemoryModelLines } from './memory-model-lines.js';
import { createMemoryModels } from './memory-models.js';
import { createMemoryOutbox } from './memory-outbox.js';
import { createMemoryPolicies } from './memory-policies.js';
import { createMemoryProjects } from './memory-projects.js';
import { createMemoryRunFindings } from './memory-run-findings.js';
import { listMemoryRuns } from './memory-run-list.js';
import { createMemoryRunRecords } from './memory-run-records.js';
import { createMemorySchedules } from './memory-schedules.js';
import { createMemoryServing } from './memory-serving.js';
import { createMemoryState, type MemoryState, requireRun } from './memory-state.js';
import { createMemoryStepFindings } from './memory-step-findings.js';
import { createMemorySteps, spentMs } from './memory-steps.js';
import { createMemoryTrackedRefs } from './memory-tracked-refs.js';
import { createMemoryTriggers } from './memory-triggers.js';
import { createMemoryWatermarks } from './memory-watermarks.js';

export interface MemoryStores {
  readonly accounts: AccountStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditLog;
  readonly champions: ChampionStore;
  readonly policies: PolicyStore;
  readonly signingKeys: SigningKeys;
  /** What the owner of a database does: a key that is there already is replaced. */
  readonly putSigningKey: (key: SigningKey) => Promise<void>;
  readonly projects: ProjectStore;
  readonly runs: RunStore;
  readonly endpoints: EndpointStore;
  readonly imageScans: ImageScanStore;
  readonly releases: ReleaseStore;
  readonly features: FeatureStore;
  readonly datasets: DatasetStore;
  readonly deliveries: DeliveryStore;
  readonly registry: ModelRegistry;
  readonly modelLines: ModelLineStore;
  readonly outbox: Outbox;
  readonly schedules: ScheduleStore;
  readonly trackedRefs: TrackedRefStore;
  readonly triggers: TriggerStore;
  readonly watches: WatchStore;
  readonly watermarks: WatermarkStore;
}

/** The stores of one place in memory. They meet the conformance suites that the ones on Postgres meet. */
export function createMemoryStores(gate: PromotionGate = closedGate): MemoryStores {
  const state = createMemoryState();
  const audit = createMemoryAudit();
  const plainFeatures = createMemoryFeatureStore(state.projectNames);
  const features: FeatureStore = {
    ...plainFeatures,
    usedBy: async (project, view) => usersOf(state, project, view),
  };
  return {
    accounts: createMemoryAccounts(state),
    approvals: createMemoryApprovals(state),
    audit,
    champions: createMemoryChampions(state, gate, audit),
    policies: createMemoryPolicies(state),
    signingKeys: { list: async () => [...state.signingKeys.values()] },
    async putSigningKey(key) {
      state.signingKeys.set(key.id, key);
    },
    projects: createMemoryProjects(state),
    runs: createMemoryRuns(state),
    ...createMemoryServing(state),
    features,
    datasets: createMemoryDatasets(state, features),
    deliveries: createMemoryDeliveries(state),
    registry: createMemoryModels(state),
    modelLines: createMemoryModelLines(state),
    outbox: createMemoryOutbox(state),
    schedules: createMemorySchedules(state),
    trackedRefs: createMemoryTrackedRefs(state),
    triggers: createMemoryTriggers(state),
    watermarks: createMemoryWatermarks(state),
  };
}

function createMemoryRuns(state: MemoryState): RunStore {
  const refusals = new Map<string, readonly Refusal[]>();
  const require = (id: string) => requireRun(state, id);
  return {
    ...createMemoryRunRecords(state, refusals),
    ...createMemorySteps({ ...state, require }),
    ...createMemoryRunFindings(state),
    ...createMemoryStepFindings(require, refusals),
    list: async (filter) => listMemoryRuns(state, filter),
    async timeOfStep({ project, model, step, from, to }) {
      const began = [...state.runs.values()].filter((run) => {
        const at = state.runClocks.get(run.id) ?? run.createdAt;
        return run.project === project && run.model === model && at >= from && at < to;
      });
      const steps = [...state.steps.values()].filter(
        ({ runId, row }) => row.name === step && began.some(({ id }) => id === runId),
      );
      return { runs: began.length, ms: steps.reduce((sum, one) => sum + spentMs(one), 0) };
    },
  };
}

function usersOf(state: MemoryState, project: string, view: string) {
  return state.datasets
    .filter(({ record }) => record.project === project)
    .flatMap(({ record, views }) =>
      views
        .filter(({ name }) => name === view)
        .map(({ version }) => ({ dataset: record.name, version: record.version, viewVersion: version })),
    )
    .reverse();
}
