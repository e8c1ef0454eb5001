import { createLookActivities } from '../activities/endpoints/look-activities.js';
import { createBuildActivities } from '../activities/serving/build-activities.js';
import { createDeployActivities } from '../activities/serving/deploy-activities.js';
import { queues } from '../domain/names.js';
import { keepSpareHost } from '../inference/spare-host.js';
import { runWorker } from './run-worker.js';
import { servingTargets } from './serving-targets.js';

const { take: takeHost } = keepSpareHost();

/** From serving code to what answers: tests, builds, deploys, verifies. */
runWorker({
  name: 'serving',
  options: (deps, config) => {
    const targets = servingTargets(deps, config);
    return {
      taskQueue: queues.serving,
      activities: Object.assign(
        {},
        createBuildActivities({ ...deps, takeHost }),
        createDeployActivities({ ...deps, takeHost, targets }),
        createLookActivities({ ...deps, targets }),
      ),
      maxConcurrentActivityTaskExecutions: 4,
    };
  },
});
