import { z } from 'zod';
import { approvalStatuses } from '../../domain/approvals/approval.js';
import { causeKinds, runStatuses, stepStatuses } from '../../domain/names.js';
import { voteChannels } from '../../domain/ports/approvals.js';
import { voteDecisions } from '../../domain/signing/vote-statement.js';

/** What a demo leaves behind for programs. Later stories add to it and keep these names. */
export const summarySchema = z.strictObject({
  runs: z.array(
    z.strictObject({
      id: z.string(),
      model: z.string(),
      status: z.enum(runStatuses),
      reason: z.string().nullable(),
      causes: z.array(z.strictObject({ kind: z.enum(causeKinds) })),
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
  urls: z.record(z.string(), z.string()),
  timingsMs: z.record(z.string(), z.number()),
});
export type Summary = z.infer<typeof summarySchema>;
