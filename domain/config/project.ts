import { z } from 'zod';
import { roles } from '../access/roles.js';
import { configVersion, durationField, nameField, repositoryPath, secretReference } from './fields.js';
import { budgetsSchema, notificationSchema, pathRuleSchema, trackedSchema } from './tracking.js';

const postgresSource = z
  .strictObject({
    kind: z.literal('postgres').describe('A PostgreSQL database.'),
    connection: secretReference.describe('Secret that holds the connection address of a read-only user.'),
    statementTimeoutSeconds: z
      .int()
      .min(1)
      .max(3600)
      .default(120)
      .describe('A query that runs longer is ended.'),
    maxRows: z.int().min(1).default(50_000_000).describe('A query that gives more rows is refused.'),
  })
  .describe('A PostgreSQL database.');

const s3Source = z
  .strictObject({
    kind: z.literal('s3').describe('Files in a bucket.'),
    bucket: z.string().min(3).max(63).describe('Bucket that holds the files.'),
    endpoint: z.url().optional().describe('Address of the S3 service. Default: the one Ratchet itself uses.'),
    region: z.string().optional().describe('Region. Default: us-east-1.'),
    credentials: secretReference.describe('Secret with {"accessKeyId": ..., "secretAccessKey": ...}.'),
    maxMiB: z.int().min(1).default(4096).describe('Files that are larger together are refused.'),
  })
  .describe('A bucket of an S3 service.');

const repositorySource = z
  .strictObject({
    kind: z.literal('repository').describe('Files in this repository.'),
    path: repositoryPath.describe('Folder of this repository that holds small data files.'),
  })
  .describe('Files in the repository itself, for examples and small reference tables.');

export const sourceSchema = z.discriminatedUnion('kind', [postgresSource, s3Source, repositorySource]);
export type SourceConfig = z.infer<typeof sourceSchema>;

const member = z
  .strictObject({
    name: nameField.describe('Name of the account.'),
    emails: z
      .array(z.email())
      .max(20)
      .default([])
      .describe('Addresses in commits of this person: how Git authors become accounts.'),
    roles: z.array(z.enum(roles)).min(1).describe('What the member is.'),
  })
  .describe('One person or machine of the project.');

const changes = z
  .strictObject({
    role: z.enum(roles).default('reviewer').describe('Role whose members approve.'),
    quorum: z.int().min(1).max(20).default(1).describe('How many of them.'),
    expireAfter: durationField.default('14 days').describe('After this the change is dropped.'),
  })
  .describe(
    'Who approves changes of members, sources and policies. Without it they are in force at once; turning it off needs those people.',
  );

/** `ratchet.project.yaml`, at the root of a project's repository. */
export const projectSchema = z
  .strictObject({
    version: configVersion,
    project: nameField.describe('Name of the project, unique on this platform.'),
    description: z.string().max(2000).default('').describe('What the project is for, in a sentence.'),
    models: z
      .array(
        z.strictObject({
          name: nameField.describe('Name of the model, unique in the project.'),
          path: repositoryPath.describe('Folder that holds the ratchet.yaml of the model.'),
          owner: nameField.optional().describe('Member who is told when a run of it does not succeed.'),
        }),
      )
      .max(200)
      .describe('The models of the project: at least one, and none in that of the organisation.'),
    sources: z
      .record(nameField, sourceSchema)
      .describe('The data sources that tables of this project may read: an allow-list.'),
    members: z
      .array(member)
      .max(500)
      .default([])
      .describe('Who may do what in the project. In force after approval, as "changes" says.'),
    changes: changes.optional(),
    organisation: z
      .boolean()
      .optional()
      .describe(
        'Whether this is the repository of the organisation: the policy.yaml at its root holds for every project. Default: false.',
      ),
    tracked: trackedSchema.prefault({}),
    rules: z.array(pathRuleSchema).max(200).default([]).describe('What changed files lead to, in order.'),
    budgets: budgetsSchema.prefault({}),
    notifications: z
      .record(nameField, notificationSchema)
      .default({})
      .describe('Where people are told of what happens, by name.'),
  })
  .describe('What a repository holds and which data it may read.');
export type ProjectConfig = z.infer<typeof projectSchema>;

/** A project's configuration with what a file may leave out filled in, also of one that an older version stored. */
export function projectConfig(config: z.input<typeof projectSchema>): ProjectConfig {
  return projectSchema.parse(config);
}
