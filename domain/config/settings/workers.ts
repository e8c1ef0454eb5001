import { z } from 'zod';
import { isolationTiers } from '../../ports/launcher.js';
import { listShape, setting, wholeShape } from '../setting.js';

const tierShape = z.enum(isolationTiers, { error: `one of ${isolationTiers.join(', ')}` });

/** What a worker process may do at once. */
export const workersSettings = {
  slots: setting('2', {
    variable: 'RATCHET_WORKER_SLOTS',
    unit: 'jobs',
    about: 'heavy activities a cpu worker runs at once; a training has threads of its own',
    shape: wholeShape(1, 64),
  }),
  gpuDevices: setting('', {
    variable: 'RATCHET_GPU_DEVICES',
    unit: 'device ids, comma between',
    about: 'devices the gpu worker hands out, each to one job at a time; none: there is no gpu worker',
    shape: listShape,
  }),
  isolation: setting('container', {
    variable: 'RATCHET_ISOLATION',
    unit: 'tier',
    about: 'strongest isolation to try for foreign programs; the best that works from there down is used',
    shape: tierShape,
  }),
  shutdownGraceMs: setting('25000', {
    variable: 'RATCHET_SHUTDOWN_GRACE_MS',
    unit: 'ms',
    about: 'how long running activities may go on after SIGTERM; below the 30 s that most platforms give',
    shape: wholeShape(0, 3_600_000),
  }),
};
