import { policySchema } from '../../../domain/config/policy.js';
import type { KnownModel } from '../../../domain/policy/facts/fact-types.js';
import { type GivenFacts, judgePolicy } from '../../../domain/policy/judge-policy.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import type { RuleResult } from '../../../domain/policy/policy-verdict.js';
import { madeFacts } from './made-facts.js';

export const policyOf = (policy: object) => policySchema.parse({ version: 1, ...policy });

/** What a policy of one rule says of it. */
export function judgeRule(
  require: string,
  facts: object = madeFacts(),
  model?: KnownModel,
  origin: RuleResult['origin'] = 'model',
): RuleResult {
  const own = policyOf({ rules: [{ name: 'it', require }] });
  const policy = origin === 'model' ? mergePolicies(undefined, own) : mergePolicies(own, undefined);
  const [result] = [...judgePolicy(policy, facts as GivenFacts, model)];
  if (result === undefined) throw new Error('a policy of one rule has a result');
  return result;
}
