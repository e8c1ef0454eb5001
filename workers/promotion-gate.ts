import { mergeInForce } from '../activities/approvals/merged-policy.js';
import type { PromotionGate } from '../db/promotion-facts.js';
import { policyStages } from '../domain/approvals/policy-stages.js';
import { createVerifier } from '../trust/verifier.js';

/** What a promotion is held against in its transaction: the policies that judged it, and real signatures. */
export function promotionGate(): PromotionGate {
  return {
    verifier: createVerifier(),
    policyInForce(policies) {
      if (policies.length === 0) return undefined;
      const { digest, people } = mergeInForce(policies);
      return { digest, stages: people === null ? null : policyStages(people.stages) };
    },
  };
}
