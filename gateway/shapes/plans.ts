import { z } from '@hono/zod-openapi';
import { plannedParts } from '../../domain/plans/project-plan.js';
import { type ChangeType, changeTypes, riskLevels } from '../../domain/risk/change-types.js';
import { suppressRules } from '../../domain/triggers/trigger-event.js';
import { line } from './text.js';

export const askedPlanSchema = z
  .strictObject({
    ref: line(250)
      .optional()
      .describe(
        'Branch, tag, commit or head of a pull request that would be applied. Default: the head of the tracked branch.',
      ),
  })
  .openapi('AskedPlan');

const part = z.enum(plannedParts);

const change = z.object({
  part,
  name: z.string().describe('Of a schedule its id on the server.'),
  change: z.enum(['create', 'update', 'remove']),
  because: z.string(),
  asks: z.boolean().describe('Whether people are asked before it is in force.'),
});

const run = z.object({
  model: z.string(),
  paths: z.array(z.string()).describe('Changed files that it is made of, at most 5.'),
  files: z.int().describe('How many there are.'),
  risk: z.enum(riskLevels).describe('The highest of its changes.'),
  changes: z.array(
    z.object({
      type: z.enum(Object.keys(changeTypes) as [ChangeType, ...ChangeType[]]),
      risk: z.enum(riskLevels),
      because: z.string(),
    }),
  ),
  waits: z.string().nullable().describe('Why it would wait all the same; null where it would not.'),
});

export const planSchema = z
  .object({
    project: z.string(),
    commit: z.object({
      id: z.string(),
      ref: z.string(),
      author: z.string(),
      subject: z.string(),
      committedAt: z.string(),
    }),
    since: z
      .string()
      .nullable()
      .describe('The head that was handled last, which changed files are counted from; null: all count.'),
    files: z.int().describe('Changed files.'),
    changes: z.array(change).describe('What applying it creates, updates and removes, at most 1,000.'),
    moreChanges: z.int().describe('How many there are beside.'),
    approval: z
      .object({ role: z.string(), quorum: z.int() })
      .nullable()
      .describe('Who approves what `asks`; null where nobody is asked.'),
    runs: z.array(run).describe('Runs that its push asks for.'),
    suppressed: z
      .array(z.object({ model: z.string(), rule: z.enum(suppressRules), reason: z.string() }))
      .describe('What would start something, and by which rule it does not.'),
    drift: z
      .array(z.object({ part, name: z.string(), is: z.string() }))
      .describe('What is not as Git has it, as somebody changed it by hand.'),
    notice: z.string().nullable().describe('What could not be looked at; null where all was.'),
  })
  .openapi('Plan');
