import type { z } from '@hono/zod-openapi';
import type { Client } from '@temporalio/client';
import type { workerSchema } from '../shapes/models.js';
import { withDeadline } from '../stories/with-deadline.js';

const deadlineMs = 5000;

/** Workers say that they live every 5 seconds; after four silent beats one counts as gone. */
const aliveMs = 20_000;

/** Workers that Temporal has heard of, by queue. A killed one stays listed by Temporal for a while: it is shown as not alive. */
export async function listWorkers(client: Client): Promise<z.infer<typeof workerSchema>[]> {
  const { namespace } = client.options;
  const { workersInfo } = await withDeadline(client, deadlineMs, () =>
    client.workflowService.listWorkers({ namespace }),
  );
  const workers = (workersInfo ?? []).flatMap(({ workerHeartbeat: beat }) => {
    if (!beat?.taskQueue) return [];
    const seenMs = Number(beat.heartbeatTime?.seconds ?? 0) * 1000;
    const slots = beat.activityTaskSlotsInfo;
    return [
      {
        queue: beat.taskQueue,
        identity: beat.workerIdentity ?? '',
        host: beat.hostInfo?.hostName ?? null,
        pid: Number(beat.hostInfo?.processId ?? Number.NaN) || null,
        slots: slots ? { used: slots.currentUsedSlots ?? 0, free: slots.currentAvailableSlots ?? 0 } : null,
        lastSeen: new Date(seenMs).toISOString(),
        alive: Date.now() - seenMs < aliveMs,
      },
    ];
  });
  return workers.sort((a, b) => a.queue.localeCompare(b.queue) || a.identity.localeCompare(b.identity));
}
