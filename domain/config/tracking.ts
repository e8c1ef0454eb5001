import { z } from 'zod';
import { durationField, nameField, secretReference } from './fields.js';
import { pathPattern } from './triggers.js';

/** What a changed file leads to. */
export const pathEffects = ['train', 'serving', 'apply', 'nothing'] as const;
export type PathEffect = (typeof pathEffects)[number];

/** `tracked` of a ratchet.project.yaml. */
export const trackedSchema = z
  .strictObject({
    branch: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Branch whose pushes count. Default: the ref that the project was added with.'),
    paths: z
      .array(pathPattern)
      .max(100)
      .default([])
      .describe('Only changes of these files count. Default: all of the repository.'),
    experiments: z
      .array(pathPattern)
      .max(20)
      .default([])
      .describe(
        'Branches, such as experiment/*, whose runs register no version. Their pushes start nothing by themselves.',
      ),
    every: durationField
      .default('5 minutes')
      .describe('How often the branch is compared with what was handled, should a webhook be lost.'),
  })
  .describe('What of the repository is followed.');

/** One of `rules`, of which the first that a file meets decides. */
export const pathRuleSchema = z
  .strictObject({
    paths: z.array(pathPattern).min(1).max(100).describe('Files that the rule is about.'),
    effect: z.enum(pathEffects).describe('What a change of them leads to.'),
    models: z
      .array(nameField)
      .max(200)
      .optional()
      .describe('Models that it is about. Default: those that the file belongs to.'),
  })
  .describe('What a changed file leads to; it comes before the rules of the platform.');
export type PathRule = z.infer<typeof pathRuleSchema>;

/** `budgets` of a ratchet.project.yaml, each for every model and any seven days. */
export const budgetsSchema = z
  .strictObject({
    runsPerWeek: z.int().min(1).optional().describe('Most runs that no person asked for.'),
    computeMinutesPerWeek: z.number().positive().optional().describe('Most minutes of their steps.'),
  })
  .describe('What automatic runs of a model may use in seven days.');
export type BudgetsConfig = z.infer<typeof budgetsSchema>;

/** What people are told of. */
export const noticeKinds = [
  'run.failed',
  'run.refused',
  'run.succeeded',
  'run.proposed',
  'release.failed',
  'release.refused',
  'release.succeeded',
  'image.refused',
  'incident.opened',
  'incident.closed',
  'trigger.suppressed',
  'source.unreachable',
  'ref.gone',
  'apply.refused',
  'approval.asked',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

const about = z
  .array(z.enum(noticeKinds))
  .min(1)
  .default([
    'run.failed',
    'run.refused',
    'run.proposed',
    'release.failed',
    'release.refused',
    'image.refused',
    'incident.opened',
    'source.unreachable',
    'ref.gone',
    'apply.refused',
  ])
  .describe('What it is told of.');

const webhook = z
  .strictObject({
    kind: z.literal('webhook').describe('A program of yours, by Standard Webhooks.'),
    url: secretReference.describe('Secret with the address.'),
    secret: secretReference.describe('Secret that signs what is sent, as whsec_<base64>.'),
    about,
  })
  .describe('A program of yours, by Standard Webhooks.');

const slack = z
  .strictObject({
    kind: z.literal('slack').describe('A channel with an incoming webhook of the form of Slack.'),
    url: secretReference.describe('Secret with the address.'),
    about,
  })
  .describe('A channel with an incoming webhook of the form of Slack.');

const mail = z
  .strictObject({
    kind: z.literal('mail').describe('Letters to the owner and the author.'),
    server: secretReference.describe('Secret with smtp(s)://user:password@host:port.'),
    from: z.email().describe('Sender.'),
    to: z
      .array(z.email())
      .max(20)
      .default([])
      .describe('Who gets them beside the owner of the model and the author of the commit.'),
    about,
  })
  .describe('Letters to the owner and the author.');

const commitStatus = z
  .strictObject({
    kind: z.literal('commit-status').describe('A status on the commit, at the Git host.'),
    host: z.enum(['github', 'gitlab', 'gitea', 'bitbucket']).describe('Which interface the Git host has.'),
    api: z
      .url()
      .optional()
      .describe(
        'Address of the interface, such as https://git.example.org/api/v4, where it is not the usual one; at the host of the repository, or its "api.".',
      ),
    token: secretReference.describe('Secret with a token that may set statuses.'),
  })
  .describe('A status on the commit, at the Git host.');

/** `notifications` of a ratchet.project.yaml. */
export const notificationSchema = z.discriminatedUnion('kind', [webhook, slack, mail, commitStatus]);
export type NotificationConfig = z.infer<typeof notificationSchema>;
