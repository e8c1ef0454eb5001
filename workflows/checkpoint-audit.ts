import { proxyActivities } from '@temporalio/workflow';
import type { AuditActivities } from '../activities/platform/audit-activities.js';
import { controlOptions } from './options.js';

const { signCheckpoint } = proxyActivities<AuditActivities>({
  ...controlOptions,
  scheduleToCloseTimeout: '10 minutes',
});

/** Keeps the head of the audit chain, signed, outside of the database. Started by a schedule. */
export async function checkpointAudit(): Promise<{ seq: number; signed: boolean }> {
  return signCheckpoint();
}
