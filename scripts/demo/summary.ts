import { z } from 'zod';
import { approvalStatuses } from '../../domain/approvals/approval.js';
import { noticeKinds } from '../../domain/config/tracking.js';
import { incidentKinds } from '../../domain/monitoring/incident-kinds.js';
import { causeKinds, runStatuses, stepStatuses } from '../../domain/names.js';
import { voteChannels } from '../../domain/ports/approvals.js';
import { deliveryStatuses } from '../../domain/ports/deliveries.js';
import { letterStatuses } from '../../domain/ports/outbox.js';
import { voteDecisions } from '../../domain/signing/vote-statement.js';
import { outcomeKinds } from '../../gateway/shapes/triggers.js';

/** What a demo leaves behind for programs. Later stories add to it and keep these names. */
export const summarySchema = z.strictObject({
  runs: z.array(
    z.strictObject({
      id: z.string(),
      model: z.string(),
      status: z.enum(runStatuses),
      reason: z.string().nullable(),
      causes: z.array(
        z.strictObject({
          kind: z.enum(causeKinds),
          /** Null where no person is behind it. */
          by: z.string().nullable(),
          /** What its event says, such as commit or slot; null where somebody started the run at once. */
          about: z.string().nullable(),
        }),
      ),
      steps: z.array(
        z.strictObject({ name: z.string(), status: z.enum(stepStatuses), ms: z.number().nullable() }),
      ),
    }),
  ),
  datasets: z.array(
    z.strictObject({
      name: z.string(),
      version: z.int(),
      digest: z.string(),
      rows: z.number(),
      quarantined: z.number(),
    }),
  ),
  models: z.array(
    z.strictObject({
      name: z.string(),
      version: z.int(),
      digest: z.string(),
      alias: z.string().nullable(),
      dataset: z.string(),
      commit: z.string(),
      metrics: z.record(z.string(), z.number()),
    }),
  ),
  approvals: z.array(
    z.strictObject({
      subject: z.string(),
      outcome: z.enum(approvalStatuses),
      votes: z.array(
        z.strictObject({
          approver: z.string(),
          channel: z.enum(voteChannels),
          decision: z.enum(voteDecisions),
        }),
      ),
    }),
  ),
  refusals: z.array(
    z.strictObject({ what: z.string(), rule: z.string(), actual: z.string(), limit: z.string() }),
  ),
  /** Webhooks, oldest first. */
  deliveries: z.array(
    z.strictObject({
      id: z.string(),
      what: z.string(),
      status: z.enum(deliveryStatuses),
      result: z.string().nullable(),
    }),
  ),
  /** What asked for runs, oldest first. */
  events: z.array(
    z.strictObject({
      id: z.string(),
      model: z.string(),
      kind: z.enum(causeKinds),
      about: z.string(),
      outcome: z.enum(outcomeKinds).nullable(),
      runId: z.string().nullable(),
    }),
  ),
  /** What people were told, oldest first. */
  letters: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum([...noticeKinds, 'test']),
      model: z.string().nullable(),
      runId: z.string().nullable(),
      title: z.string(),
      to: z.array(z.string()),
      status: z.enum(letterStatuses),
      attempts: z.int(),
    }),
  ),
  /** What the watch of the endpoint found, oldest first. */
  incidents: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(incidentKinds),
      endpoint: z.string(),
      openedAt: z.string(),
      routedTo: z.array(z.string()),
      /** The run that it asked for; null where it started none. */
      run: z.string().nullable(),
      closedAt: z.string().nullable(),
    }),
  ),
  urls: z.record(z.string(), z.string()),
  timingsMs: z.record(z.string(), z.number()),
});
export type Summary = z.infer<typeof summarySchema>;
