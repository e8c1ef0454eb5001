import { createApprovalActivities } from '../activities/approvals/approval-activities.js';
import { createPromotionActivities } from '../activities/approvals/promotion-activities.js';
import { createImageEventActivities } from '../activities/endpoints/image-event-activities.js';
import { createIncidentActivities } from '../activities/monitoring/incident-activities.js';
import { createNoticeActivities } from '../activities/notices/notice-activities.js';
import { createPlanActivities } from '../activities/plans/plan-activities.js';
import { createAuditActivities } from '../activities/platform/audit-activities.js';
import { createBlobActivities } from '../activities/platform/blob-activities.js';
import { createPredictionActivities } from '../activities/platform/prediction-activities.js';
import { createProjectActivities } from '../activities/projects/project-activities.js';
import { createRegistryActivities } from '../activities/registry/registry-activities.js';
import { createRunActivities } from '../activities/runs/run-activities.js';
import { createReleaseActivities } from '../activities/serving/release-activities.js';
import { createDeliveryActivities } from '../activities/triggers/delivery-activities.js';
import { createGitTriggerActivities } from '../activities/triggers/git-trigger-activities.js';
import { createScheduleActivities } from '../activities/triggers/schedule-activities.js';
import { createSourceActivities } from '../activities/triggers/source-activities.js';
import { createTriggerActivities } from '../activities/triggers/trigger-activities.js';
import { openBlobKeeper } from '../db/blobs/s3-blob-keeper.js';
import { queues } from '../domain/names.js';
import { approvalDeps } from './approval-deps.js';
import { ensureSchedules } from './ensure-schedules.js';
import { registerSearchAttributes } from './register-search-attributes.js';
import { runWorker } from './run-worker.js';
import { noticeDeps, triggerDeps } from './trigger-deps.js';
import { workflowBundle } from './workflow-bundle.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Workflows, and their light I/O. */
runWorker({
  name: 'orchestrator',
  before: async (deps, config) => {
    await registerSearchAttributes(deps.client, config.temporal.namespace);
    await ensureSchedules(deps.client, config.engine);
  },
  options: (deps, config) => {
    const approvals = approvalDeps(deps, config);
    const triggers = triggerDeps(deps, config);
    return {
      taskQueue: queues.orchestrator,
      workflowBundle: workflowBundle(),
      activities: Object.assign(
        {},
        createRunActivities(deps),
        createRegistryActivities(deps),
        createApprovalActivities(approvals),
        createPromotionActivities(approvals),
        createAuditActivities(approvals),
        createProjectActivities({ ...deps, verifier: approvals.verifier }),
        createPlanActivities({ ...deps, ...triggers }),
        createReleaseActivities({
          ...{ ...triggers, ...deps, tell: approvals.tell, signer: approvals.signer },
          hasEngine: config.engine.socket !== undefined,
        }),
        createImageEventActivities({
          ...{ ...triggers, ...deps, tell: approvals.tell },
          hasEngine: config.engine.socket !== undefined,
        }),
        createIncidentActivities({ ...deps, lines: deps.modelLines, tell: approvals.tell }),
        createTriggerActivities({ ...triggers, runs: deps.runs }),
        createGitTriggerActivities(triggers),
        createDeliveryActivities(triggers),
        createScheduleActivities(triggers),
        createSourceActivities(triggers),
        createNoticeActivities(noticeDeps(deps, config)),
        createPredictionActivities({
          days: deps.predictionDays,
          minutes: deps.servedMinutes,
          keepDays: config.database.predictionsKeepDays,
        }),
        createBlobActivities({
          ...deps,
          keeper: openBlobKeeper(config.blobs),
          names: deps.blobNames,
          unusedMs: config.blobs.unusedDays * dayMs,
        }),
      ),
      maxCachedWorkflows: 300,
      maxConcurrentActivityTaskExecutions: 50,
    };
  },
});
