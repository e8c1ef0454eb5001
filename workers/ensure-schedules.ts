import { type Client, ScheduleAlreadyRunning, type ScheduleOptions } from '@temporalio/client';
import { queues, workflowIds } from '../domain/names.js';

export interface ChoreSettings {
  readonly watchMinutes: number;
}

/** The platform's own chores, and how often. */
const choresOf = ({ watchMinutes }: ChoreSettings) =>
  [
    { name: 'reconcile-runs', workflowType: 'reconcileRuns', every: '30 seconds' },
    { name: 'reconcile-endpoints', workflowType: 'reconcileEndpoints', every: '30 seconds' },
    { name: 'sweep-blobs', workflowType: 'sweepBlobs', every: '1 hour' },
    { name: 'forget-deliveries', workflowType: 'forgetDeliveries', every: '1 hour' },
    { name: 'maintain-partitions', workflowType: 'maintainPartitions', every: '1 hour' },
    { name: 'checkpoint-audit', workflowType: 'checkpointAudit', every: '10 minutes' },
    { name: 'watch-images', workflowType: 'watchImages', every: `${watchMinutes} minutes` },
  ] as const;

/** Declares the schedules; those that exist are brought to what is declared. */
export async function ensureSchedules(client: Client, settings: ChoreSettings): Promise<void> {
  for (const chore of choresOf(settings)) {
    const options: ScheduleOptions = {
      scheduleId: workflowIds.platform(chore.name),
      spec: { intervals: [{ every: chore.every }] },
      policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: chore.workflowType,
        workflowId: workflowIds.platform(chore.name),
        taskQueue: queues.orchestrator,
        args: [],
      },
    };
    try {
      await client.schedule.create(options);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(options.scheduleId).update((previous) => ({
        ...previous,
        spec: options.spec,
        action: options.action,
        policies: options.policies ?? {},
      }));
    }
  }
}
