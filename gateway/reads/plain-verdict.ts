import type { z } from '@hono/zod-openapi';
import type { PolicyVerdictRecord } from '../../domain/ports/policies.js';
import type { policyVerdictSchema } from '../shapes/policies.js';

export function plainVerdict(record: PolicyVerdictRecord): z.infer<typeof policyVerdictSchema> {
  const { facts: _, rules, digests, ...verdict } = record;
  return { ...verdict, digests: { ...digests }, rules: rules.map((rule) => ({ ...rule })) };
}
