import { createEngineAgent } from '../activities/adapters/engine-agent/create-engine-agent.js';
import { createLookActivities } from '../activities/endpoints/look-activities.js';
import { createWatchActivities } from '../activities/endpoints/watch-activities.js';
import { createMonitoringActivities } from '../activities/monitoring/monitoring-activities.js';
import { createBuildActivities } from '../activities/serving/build-activities.js';
import { createDeployActivities } from '../activities/serving/deploy-activities.js';
import { queues } from '../domain/names.js';
import { keepSpareHost } from '../inference/spare-host.js';
import { inspectArchive } from './images/inspect-archive.js';
import { scanArchive } from './images/scan-archive.js';
import { runWorker } from './run-worker.js';
import { servingTargets } from './serving-targets.js';

const { take: takeHost } = keepSpareHost();

/** From serving code to what answers: tests, builds, scans, deploys, verifies. */
runWorker({
  name: 'serving',
  options: (deps, config) => {
    const engine = createEngineAgent(deps.client);
    const targets = servingTargets(deps, config, engine);
    const advisories = config.engine.advisories ?? null;
    const imageRegistry = config.engine.imageRegistry ?? null;
    return {
      taskQueue: queues.serving,
      activities: Object.assign(
        {},
        createBuildActivities({
          ...{ ...deps, advisories, engine, imageRegistry, takeHost },
          inspectImage: inspectArchive,
        }),
        createDeployActivities({ ...deps, takeHost, targets }),
        createLookActivities({ ...deps, targets }),
        createWatchActivities({ ...deps, advisories, engine, scanArchive }),
        createMonitoringActivities({
          ...deps,
          takeHost,
          now: () => new Date().toISOString(),
          lookEveryMs: config.watches.lookSeconds * 1000,
        }),
      ),
      maxConcurrentActivityTaskExecutions: 4,
    };
  },
});
