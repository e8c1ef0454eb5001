import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { ApprovalActivities } from '../../activities/approvals/approval-activities.js';
import type { PromotionActivities } from '../../activities/approvals/promotion-activities.js';
import type { DatasetActivities } from '../../activities/datasets/dataset-activities.js';
import type { ImageEventActivities } from '../../activities/endpoints/image-event-activities.js';
import type { LookActivities } from '../../activities/endpoints/look-activities.js';
import type { WatchActivities } from '../../activities/endpoints/watch-activities.js';
import type { EngineActivities } from '../../activities/engine/engine-activities.js';
import type { EvaluationActivities } from '../../activities/evaluation/evaluation-activities.js';
import type { IncidentActivities } from '../../activities/monitoring/incident-activities.js';
import type { MonitoringActivities } from '../../activities/monitoring/monitoring-activities.js';
import type { ReferenceActivities } from '../../activities/monitoring/reference-activities.js';
import type { NoticeActivities } from '../../activities/notices/notice-activities.js';
import type { PlanActivities } from '../../activities/plans/plan-activities.js';
import type { AuditActivities } from '../../activities/platform/audit-activities.js';
import type { BlobActivities } from '../../activities/platform/blob-activities.js';
import type { PredictionActivities } from '../../activities/platform/prediction-activities.js';
import type { PolicyActivities } from '../../activities/policy/policy-activities.js';
import type { ProjectActivities } from '../../activities/projects/project-activities.js';
import type { RegistryActivities } from '../../activities/registry/registry-activities.js';
import type { RunActivities } from '../../activities/runs/run-activities.js';
import type { BuildActivities } from '../../activities/serving/build-activities.js';
import type { DeployActivities } from '../../activities/serving/deploy-activities.js';
import type { ReleaseActivities } from '../../activities/serving/release-activities.js';
import type { TrainingActivities } from '../../activities/training/training-activities.js';
import type { DeliveryActivities } from '../../activities/triggers/delivery-activities.js';
import type { GitTriggerActivities } from '../../activities/triggers/git-trigger-activities.js';
import type { ScheduleActivities } from '../../activities/triggers/schedule-activities.js';
import type { SourceActivities } from '../../activities/triggers/source-activities.js';
import type { TriggerActivities } from '../../activities/triggers/trigger-activities.js';
import type { ErrorCode } from '../../domain/errors/catalogue.js';
import type { LineStep } from '../../domain/lifecycle/handle-triggers.js';
import type { DeployedRevision, ReleasePlan } from '../../domain/lifecycle/release-serving.js';
import type { SettledVotes } from '../../domain/lifecycle/request-approval.js';
import type { DatasetVersionRef, RunPlan } from '../../domain/lifecycle/train-model.js';
import type { BlobRef } from '../../domain/ports/blobs.js';
import type { WantedRevision } from '../../domain/ports/deployment-target.js';

/** Every activity that a story calls, as the factories type them. */
export type Activities = RunActivities &
  MonitoringActivities &
  IncidentActivities &
  DatasetActivities &
  TrainingActivities &
  EvaluationActivities &
  RegistryActivities &
  ReferenceActivities &
  PolicyActivities &
  PlanActivities &
  ProjectActivities &
  ApprovalActivities &
  PromotionActivities &
  AuditActivities &
  BlobActivities &
  PredictionActivities &
  TriggerActivities &
  GitTriggerActivities &
  DeliveryActivities &
  ScheduleActivities &
  SourceActivities &
  NoticeActivities &
  ReleaseActivities &
  BuildActivities &
  DeployActivities &
  LookActivities &
  WatchActivities &
  ImageEventActivities &
  EngineActivities;

export type ActivityName = keyof Activities;

const blob: BlobRef = { uri: 's3://b/k', sha256: 'a', bytes: 1 };

const image = { digest: `sha256:${'d'.repeat(64)}`, repository: null };

export const dataset: DatasetVersionRef = { name: 'points', version: 3, digest: 'd' };

export function planOf(changes: Partial<RunPlan> = {}): RunPlan {
  return {
    repo: '/repo',
    commit: 'c',
    modelPath: 'm',
    configuration: blob,
    dataset: { name: 'points', key: 'k', fingerprint: 'f', fingerprints: { points: 'f' }, hit: dataset },
    queue: 'cpu',
    capacityDeadlineMs: null,
    trainingDeadlineMs: 60_000,
    inputs: { code: '1', training: '2', environment: '3', evaluation: '4', purpose: '5' },
    ...changes,
  };
}

export const missPlan = planOf({ dataset: { ...planOf().dataset, hit: null } });

export function wantedRevision(revision: string): ReleasePlan['wanted'] {
  return {
    ...{ project: 'tiny', endpoint: 'live', revision, defaultModel: 'points', replicas: 1, environment: {} },
    models: [{ project: 'tiny', model: 'points', version: 7, sha256: 'a', bytes: 1, alias: 'champion' }],
    resources: { cpus: 1, memoryMiB: 256 },
    limits: { timeoutMs: 1000, mostBatchRows: 64, mostQueuedRows: 100, mostBodyBytes: 1000 },
    health: { readyWithinMs: 1000, drainMs: 1000 },
  };
}

/** A release of the stock application. */
export function releasePlan(changes: Partial<ReleasePlan> = {}): ReleasePlan {
  return {
    ...{ kind: 'deploy', model: 'points', modelVersion: 7, application: null, kept: null, target: 'process' },
    applicationCommit: null,
    wanted: wantedRevision('r'),
    image: 'where-possible',
    samples: { dataset, inputs: ['x'] },
    ...changes,
  };
}

const built = { application: null, image, ordinal: 2 };

function deployedRevision(wanted: WantedRevision): DeployedRevision {
  const at = { http: 'http://127.0.0.1:1', grpc: '127.0.0.1:2', metrics: 'http://127.0.0.1:3/metrics' };
  const { project, endpoint, revision, ordinal } = wanted;
  return { wanted, observed: { project, endpoint, revision, ordinal, at, replicas: [] } };
}

/** An approval that nobody voted on yet. */
export function settledAs(changes: Partial<SettledVotes> = {}): SettledVotes {
  return {
    outcome: 'open',
    reason: '',
    stage: 0,
    stageOpenedAt: '2026-01-01T00:00:00.000Z',
    tally: [{ stage: 'review', quorum: 1, approvals: 0, rejections: 0 }],
    answers: {},
    settled: 0,
    more: false,
    ...changes,
  };
}

/** A line with nothing to do, until somebody wakes it. */
export function stepOf(changes: Partial<LineStep> = {}): LineStep {
  return { start: null, cancel: null, wakeAt: null, isGone: false, ...changes };
}

/** Every activity does well. */
export const wellDone: Activities = {
  prepareRun: async () => planOf(),
  awaitDataset: async () => dataset,
  closeRun: async () => undefined,
  endExperiment: async ({ experiment }) => ({ reason: `${experiment} is an experiment branch` }),
  reconcileOpenRuns: async () => ({ checked: 2, mended: 1, closed: [] }),
  collectTables: async () => [
    { table: 'points', source: 'files', fingerprint: 'f', rows: 9, snapshot: blob },
  ],
  buildDataset: async () => ({
    name: 'points',
    key: 'k',
    digest: 'd',
    rows: { train: 5, validation: 2, test: 2 },
    quarantined: 0,
    draft: blob,
  }),
  proveDataset: async () => [{ name: 'recompute', verdict: 'pass', text: 'equal' }],
  publishDataset: async () => dataset,
  rebuildVersion: async ({ version }) => ({ version, digest: 'd', rebuiltDigest: 'd', equal: true }),
  tagSubset: async ({ version, where }) => ({ version, where, rows: 12 }),
  trainCandidate: async () => ({ model: blob, predictions: blob, notes: null, tier: 'uid', attempts: 1 }),
  evaluateCandidate: async () => ({ evaluationId: 'e', metrics: { rocAuc: 0.75 } }),
  registerCandidate: async () => ({ version: 7 }),
  freezeReference: async () => undefined,
  judgeVersion: async () => ({ version: 7, verdictId: 'v', policyDigest: 'p', isPromotable: false }),
  readProject: async () => ({
    project: 'tiny',
    commit: 'c',
    models: ['points'],
    change: null,
    asks: null,
    wakes: [],
  }),
  findRowDrift: async () => null,
  readPlan: async ({ project, ref }) => ({
    ...{ project, since: 'a', files: 1, changes: [], moreChanges: 0, approval: null },
    commit: {
      id: 'b',
      ref: ref ?? 'refs/heads/main',
      author: 'Anna',
      subject: 'Deeper',
      committedAt: '2026-01-01',
    },
    ...{ runs: [], suppressed: [], drift: [] },
  }),
  putChange: async () => ({ status: 'in-force', reason: 'c is in force', wakes: [] }),
  sweepStaging: async () => ({ deleted: 4 }),
  openPromotion: async () => ({ kind: 'programs-alone' }),
  signAttestation: async () => blob,
  moveChampion: async () => undefined,
  nextInLine: async () => [],
  settleVotes: async () => settledAs({ outcome: 'approved', reason: 'approved by bob', stage: 1 }),
  endApproval: async ({ status, reason }) => ({ status, reason }),
  readApproval: async () => null,
  tellVoters: async () => undefined,
  makePredictionDays: async () => ({ made: 2 }),
  dropPredictionDays: async () => ({ dropped: 1 }),
  forgetPredictions: async () => ({ forgotten: 4 }),
  matchFeedback: async () => ({ matched: 3 }),
  signCheckpoint: async () => ({ seq: 12, signed: true }),
  sweepUnused: async () => ({ setAside: 3, broughtBack: 0, deleted: 2 }),
  settleLine: async () => stepOf({ isGone: true }),
  concludeRun: async () => undefined,
  confirmData: async () => undefined,
  wakeWaiting: async () => 0,
  wakeLines: async () => undefined,
  trackedRefs: async () => ['refs/heads/main'],
  readHead: async () => null,
  recordHead: async ({ to }) => ({ result: `${to} is handled`, wakes: [] }),
  sortDeliveries: async () => ({ refs: [], wakes: [], isMore: false }),
  finishDeliveries: async () => undefined,
  forgetDeliveries: async () => 5,
  declareSchedules: async () => ({ created: [], updated: [], putBack: [], removed: [] }),
  recordSlot: async ({ project, model }) => [{ project, model }],
  lookForData: async ({ project, model }) => [{ project, model }],
  deliverLetters: async () => ({ nextAt: null }),
  takeReleaseTurn: async () => ({ kind: 'go', wakes: [] }),
  prepareRelease: async ({ releaseId }) => releasePlan({ wanted: wantedRevision(releaseId) }),
  skipReleaseStep: async () => undefined,
  closeRelease: async () => ({ wakes: [] }),
  tellOfRelease: async () => undefined,
  reconcileOpenReleases: async () => ({ unstarted: [], closed: [], wakes: [], hasEndpoints: true }),
  testApplication: async () => ({ bundle: blob }),
  checkContract: async () => undefined,
  buildImage: async () => ({ image, base: image.digest }),
  scanImage: async () => ({ statements: blob, materials: blob, scan: blob }),
  signImage: async () => ({ ...image, statements: blob }),
  deployRevision: async ({ plan, parts }) => deployedRevision({ ...plan.wanted, ...parts, ordinal: 2 }),
  verifyRevision: async () => undefined,
  recordRevision: async () => undefined,
  restoreRevision: async () => 'the-one-before',
  readEndpoint: async ({ project, endpoint }) => ({
    observed: {
      ...{ project, endpoint, revision: 'r1', ordinal: 1, at: null },
      replicas: [{ id: '1', state: 'ready', restarts: 0, reason: null }],
    },
    log: null,
  }),
  bringEndpoints: async () => ({ brought: 1, removed: 0, failed: 0 }),
  replayRecorded: async () => ({
    ...{ compared: 2, equal: 2, differing: 0, unreadable: 0, unknown: 0, tolerance: 1e-6 },
    ...{ worst: [], versions: [] },
  }),
  judgeDueWindows: async () => ({ judged: 0, wakeAt: '1970-01-01T00:00:00.000Z', wakes: [], isGone: true }),
  tellOfIncidents: async () => undefined,
  countLiveImages: async () => ({ live: 2, everRan: true }),
  watchLiveImages: async () => ({ live: 2, scanned: 1, failed: 0, events: [] }),
  pruneUnusedImages: async () => ({ removed: 3 }),
  openImageReleases: async () => [],
  tellOfImages: async () => undefined,
  renewBase: async () => ({ digest: image.digest }),
  pruneImages: async () => ({ removed: 0 }),
  buildServingImage: async () => ({ image, isReused: false, labels: {} }),
  storeImageArchive: async () => blob,
  pushImage: async () => image,
  deployContainers: async (wanted) => deployedRevision(wanted).observed,
  observeContainers: async (name) => deployedRevision({ ...wantedRevision('r'), ...built, ...name }).observed,
  listContainers: async () => [],
  removeContainers: async () => undefined,
  containerLogs: async () => [],
  deployService: async (wanted) => deployedRevision(wanted).observed,
  observeService: async (name) => deployedRevision({ ...wantedRevision('r'), ...built, ...name }).observed,
  listServices: async () => [],
  removeService: async () => undefined,
  serviceLogs: async () => [],
};

/** What an activity of ours looks like to a story when it refuses or fails for good. */
export function ends(code: ErrorCode | 'APPROVAL_NOT_FOUND', message: string): () => Promise<never> {
  return async () => {
    throw ApplicationFailure.create({ type: code, message, nonRetryable: true });
  };
}

/** Works until it is cancelled, says once that it began, and then ends so. */
export function untilCancelled<T = never>(began: () => void, end?: () => Promise<T>): () => Promise<T> {
  return async () => {
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), 20);
    began();
    try {
      return await context.cancelled;
    } catch (error) {
      if (end === undefined) throw error;
      return await end();
    } finally {
      clearInterval(beat);
    }
  };
}
