import { createDevicePool } from '../activities/training/device-pool.js';
import { createTrainingActivities } from '../activities/training/training-activities.js';
import { queues } from '../domain/names.js';
import { runWorker } from './run-worker.js';

/** Training with devices of its own: as many jobs at once as there are devices. */
runWorker({
  name: 'gpu',
  options: (deps, config) => {
    const devices = createDevicePool(config.workers.gpuDevices);
    if (devices.size === 0)
      throw new Error('RATCHET_GPU_DEVICES names no device; a gpu worker needs at least one');
    return {
      taskQueue: queues.gpu,
      activities: createTrainingActivities({ ...deps, devices }),
      maxConcurrentActivityTaskExecutions: devices.size,
    };
  },
});
