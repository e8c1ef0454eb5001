import { z } from '@hono/zod-openapi';
import { jsonObject } from '../http/json.js';

const said = z.union([z.number(), z.string(), z.boolean()]).nullable();

export const ruleResultSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['rule', 'program', 'ethics']),
    origin: z.enum(['organisation', 'model']),
    severity: z.enum(['block', 'warn']),
    verdict: z.enum(['pass', 'fail', 'inconclusive', 'error']),
    text: z
      .string()
      .describe('One sentence with the number, the limit and the distance, or why there is none.'),
    expression: z.string().nullable(),
    actual: said,
    limit: said,
    distance: z.number().nullable().describe('From the limit; negative is how much is lacking.'),
    n: z.number().nullable().describe('Sample size behind the number.'),
  })
  .openapi('RuleResult');

export const policyVerdictSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    model: z.string(),
    version: z.int(),
    verdict: z.enum(['pass', 'fail', 'inconclusive', 'error']),
    rules: z.array(ruleResultSchema),
    policyDigest: z.string(),
    factsDigest: z.string(),
    digests: z.record(z.string(), z.string()).describe('Of what was judged, by part.'),
    createdAt: z.string(),
  })
  .openapi('PolicyVerdict');

export const policyInForceSchema = z
  .object({
    project: z.string().nullable().describe('Null for the organisation.'),
    model: z.string().nullable(),
    digest: z.string(),
    commit: z.string(),
    inForceSince: z.string(),
    policy: jsonObject,
  })
  .openapi('PolicyInForce');
