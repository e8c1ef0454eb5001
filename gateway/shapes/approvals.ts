import { z } from '@hono/zod-openapi';
import { roles } from '../../domain/access/roles.js';
import { approvalStatuses } from '../../domain/approvals/approval.js';
import { nameField } from '../../domain/config/fields.js';
import { voteChannels } from '../../domain/ports/approvals.js';
import { voteDecisions } from '../../domain/signing/vote-statement.js';
import { versionDiffSchema } from './champions.js';
import { codeChangesSchema, shownChangeSchema } from './exhibits.js';
import { policyVerdictSchema } from './policies.js';
import { line, moment } from './text.js';

const instant = z.string().describe('ISO-8601, UTC.');
export const approvalKinds = ['promotion', 'change'] as const;

export const approvalParams = z.object({
  project: nameField,
  subject: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}@[0-9a-f]{1,40}$/, 'allowed is <model>@<version> or change@<commit>')
    .openapi({ example: 'late-arrival@3' }),
  round: z
    .string()
    .regex(/^([1-9]\d{0,6}|latest)$/, 'allowed is the number of a round, or latest')
    .openapi({ example: 'latest' }),
});

export const approvalSchema = z
  .object({
    id: z.string().describe('Also the id of its workflow.'),
    project: z.string(),
    kind: z.enum(approvalKinds),
    subject: z.string(),
    round: z.int(),
    status: z.enum(approvalStatuses),
    reason: z.string().nullable(),
    stage: z.string().nullable().describe('The stage that is open; null once all are done.'),
    role: z.enum(roles).nullable().describe('Whose votes it takes.'),
    requestedBy: z.string(),
    machineStarted: z.boolean(),
    openedAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('Approval');

export const approvalListQuery = z.strictObject({
  project: nameField.optional(),
  status: z.enum(approvalStatuses).optional(),
  kind: z.enum(approvalKinds).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  after: z.string().max(500).optional().describe('`next` of the page before.'),
});

export const approvalPageSchema = z
  .object({ approvals: z.array(approvalSchema), next: z.string().nullable() })
  .openapi('ApprovalPage');

const tally = z.array(
  z.object({ stage: z.string(), quorum: z.int(), approvals: z.int(), rejections: z.int() }),
);

export const approvalDetailSchema = approvalSchema
  .extend({
    digests: z.record(z.string(), z.string()).describe('Of what a vote is about, by part.'),
    authors: z
      .array(z.object({ account: z.string(), why: z.array(z.string()) }))
      .describe('Who may not vote.'),
    strangers: z.array(z.string()).describe('Git identities of no member.'),
    stages: z.array(
      z.object({
        name: z.string(),
        roles: z.array(z.enum(roles)),
        quorum: z.int(),
        veto: z.boolean(),
        status: z.enum(['waiting', 'open', 'passed', 'rejected', 'expired']),
        approvals: z.array(z.string()),
        rejections: z.array(z.string()),
        openedAt: instant.nullable(),
        closesAt: instant.nullable(),
      }),
    ),
    votes: z.array(
      z.object({
        id: z.string(),
        approver: z.string(),
        onBehalfOf: z.string().nullable(),
        decision: z.enum(voteDecisions),
        reason: z.string(),
        status: z.enum(['pending', 'counted', 'refused']),
        refusal: z.string().nullable(),
        stage: z.int().nullable(),
        channel: z.enum(voteChannels).nullable(),
        castAt: instant,
      }),
    ),
    verdict: z.union([policyVerdictSchema, z.null()]),
    diff: z
      .union([versionDiffSchema, z.null()])
      .describe('To the champion, of a decided one to that of when people were asked; null for a change.'),
    code: z
      .union([codeChangesSchema, z.null()])
      .describe('Files that differ from the champion; null where there was none, or it was not kept.'),
    change: z
      .union([shownChangeSchema, z.null()])
      .describe('Of a change of the project; null for a version.'),
    voters: z.array(z.string()).describe('Accounts whose own vote would count at this moment.'),
    you: z.object({
      account: z.string(),
      mayVote: z.boolean(),
      why: z.string().describe('Why not, or as what.'),
      onBehalfOf: z.array(z.string()).describe('In whose place you may vote.'),
    }),
  })
  .openapi('ApprovalDetail');

export const castVoteSchema = z
  .strictObject({
    decision: z.enum(voteDecisions),
    reason: line(1000).describe('For whoever reads it in a year.'),
    onBehalfOf: nameField.optional().describe('Of whom you vote in the place, who delegated to you.'),
    deliver: z
      .enum(['update', 'none'])
      .default('update')
      .describe('`none` signs and stores alone, for a Temporal signal that carries the id.'),
  })
  .openapi('CastVote');

export const voteReceiptSchema = z
  .object({
    vote: z.string(),
    approval: z.string(),
    status: z.enum(['pending', 'counted', 'refused']),
    refusal: z.string().nullable(),
    outcome: z.enum(approvalStatuses),
    tally,
    signal: z
      .object({ workflowId: z.string(), namespace: z.string(), name: z.string(), input: z.string() })
      .describe('The Temporal signal that tells of the vote.'),
  })
  .openapi('VoteReceipt');

export const withdrawnSchema = z
  .object({ approval: z.string(), status: z.enum(approvalStatuses), reason: z.string() })
  .openapi('Withdrawn');

export const delegationSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    from: z.string(),
    to: z.string(),
    role: z.enum(roles),
    until: instant,
    createdAt: instant,
    endedAt: instant.nullable(),
  })
  .openapi('Delegation');

export const delegateSchema = z
  .strictObject({
    to: nameField,
    role: z.enum(roles).describe('Yours, as which they vote.'),
    until: moment.describe('At most 90 days from now.'),
  })
  .openapi('Delegate');
