import { createDatasetActivities } from '../activities/datasets/dataset-activities.js';
import { createEvaluationActivities } from '../activities/evaluation/evaluation-activities.js';
import { createReferenceActivities } from '../activities/monitoring/reference-activities.js';
import { createPolicyActivities } from '../activities/policy/policy-activities.js';
import { createDevicePool } from '../activities/training/device-pool.js';
import { createTrainingActivities } from '../activities/training/training-activities.js';
import { queues } from '../domain/names.js';
import { keepSpareHost } from '../inference/spare-host.js';
import { runWorker } from './run-worker.js';

const { take: takeHost } = keepSpareHost();

/** Data, training, evaluation, reference and policy without an accelerator. */
runWorker({
  name: 'cpu',
  options: (deps, config) => ({
    taskQueue: queues.cpu,
    activities: Object.assign(
      {},
      createDatasetActivities(deps),
      createEvaluationActivities({ ...deps, takeHost }),
      createTrainingActivities({ ...deps, devices: createDevicePool([]) }),
      createReferenceActivities({ ...deps, takeHost }),
      createPolicyActivities({ ...deps, takeHost }),
    ),
    maxConcurrentActivityTaskExecutions: config.workers.slots,
  }),
});
