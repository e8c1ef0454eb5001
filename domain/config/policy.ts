import { z } from 'zod';
import { roles } from '../access/roles.js';
import { columnName, configVersion, durationField, nameField, repositoryPath } from './fields.js';

const severity = z
  .enum(['block', 'warn'])
  .default('block')
  .describe('Whether anything but a pass stops the version, or only warns.');

const rule = z
  .strictObject({
    name: nameField.describe('Name of the rule, unique in the policy.'),
    require: z
      .string()
      .min(1)
      .max(2000)
      .describe('A CEL expression over the facts of the version. Only true passes.'),
    severity,
    about: z.string().max(1000).default('').describe('Why the rule is there, in a sentence.'),
  })
  .describe('One condition on the numbers.');

const program = z
  .strictObject({
    name: nameField.describe('Name of the program, unique in the policy.'),
    path: repositoryPath.describe('Folder with the program.'),
    command: z.array(z.string().min(1)).min(1).describe('Program and arguments, run in that folder.'),
    minutes: z.number().positive().max(120).default(10).describe('Longest run.'),
    memoryMiB: z.int().min(64).default(2048).describe('Most memory.'),
    environment: z
      .enum(['none', 'training'])
      .default('none')
      .describe('What the program needs installed: what the machine has, or what the training has.'),
    severity,
    about: z.string().max(1000).default('').describe('What the program checks, in a sentence.'),
  })
  .describe('A check in any language, in a sandbox: a verdict in verdict.json and exit code 0.');

const ethics = z
  .strictObject({
    statement: z.string().min(20).max(4000).describe('What was considered, and by whom.'),
    forbiddenFeatures: z
      .array(columnName)
      .default([])
      .describe('Columns that the model must not read, nor a near-copy of them.'),
    association: z
      .number()
      .gt(0)
      .lte(1)
      .default(0.95)
      .describe('An input at least this associated with a forbidden column is a near-copy of it.'),
    prohibitedPurposes: z
      .array(z.string().min(3))
      .default([])
      .describe('Words that must not stand in the intended use of the model.'),
    slices: z
      .array(
        z.strictObject({
          column: columnName.describe('Slice column of the evaluation.'),
          metric: z.string().min(1).describe('Metric of the catalogue, such as recall.'),
          least: z.number().optional().describe('The worst slice must reach it (or stay below, for losses).'),
          leastRatio: z
            .number()
            .gt(0)
            .lte(1)
            .optional()
            .describe('Worst slice divided by best must reach it.'),
          mostGap: z.number().gt(0).optional().describe('Best slice less worst must not exceed it.'),
        }),
      )
      .default([])
      .describe('What must hold between groups.'),
  })
  .describe('What the model must not do to people.');

const stage = z
  .strictObject({
    name: nameField.describe('Name of the stage, unique in the policy.'),
    role: z.enum(roles).describe('Role whose members may vote.'),
    quorum: z.int().min(1).max(20).default(1).describe('How many approvals it takes.'),
    veto: z.boolean().default(true).describe('Whether a single rejection ends it.'),
    expireAfter: durationField
      .default('14 days')
      .describe('After this the stage is over and the version stays out.'),
    remindAfter: durationField.optional().describe('How often voters are reminded.'),
    escalate: z
      .strictObject({
        after: durationField.describe('When the other role may vote too.'),
        role: z.enum(roles).describe('The other role.'),
      })
      .optional()
      .describe('Who may step in when nobody votes.'),
  })
  .describe('So many people of one role. Stages come one after the other.');

/** `policy.yaml`, beside the `ratchet.yaml` of a model, or that of the organisation. */
export const policySchema = z
  .strictObject({
    version: configVersion,
    description: z.string().max(2000).default('').describe('What the policy is for, in a sentence.'),
    rules: z.array(rule).max(200).default([]).describe('Conditions on the numbers.'),
    programs: z.array(program).max(20).default([]).describe('Checks in any language.'),
    ethics: ethics.optional(),
    leastIsolation: z
      .enum(['container', 'namespace', 'uid', 'none'])
      .default('none')
      .describe('Weakest isolation tier that training may have had.'),
    people: z
      .strictObject({
        stages: z.array(stage).min(1).max(5).describe('In this order.'),
        newer: z
          .enum(['supersedes', 'waits'])
          .default('supersedes')
          .describe('What a newer candidate does to one that waits for votes.'),
      })
      .optional()
      .describe('Who must approve. Without it programs decide alone.'),
  })
  .describe('What a model version needs to become champion.');
export type PolicyConfig = z.infer<typeof policySchema>;
