import { isolationTiers } from '../ports/launcher.js';
import { factAt } from './facts/fact-at.js';
import type { MergedPolicy } from './merge-policies.js';
import type { RuleResult } from './policy-verdict.js';

/** Whether the training was held as strongly as the policy asks. */
export function judgeIsolation(policy: MergedPolicy, facts: Readonly<Record<string, unknown>>): RuleResult {
  const least = policy.leastIsolation;
  const found = factAt(facts, ['isolation', 'tier']);
  const base = {
    name: 'least-isolation',
    kind: 'rule',
    origin: policy.origins[0] ?? 'model',
    severity: 'block',
    expression: null,
    limit: least,
    distance: null,
    n: null,
  } as const;
  if (least === 'none')
    return { ...base, verdict: 'pass', text: 'the policy asks for no isolation', actual: null };
  if (found.kind === 'missing') return { ...base, verdict: 'inconclusive', text: found.reason, actual: null };
  const tier = isolationTiers.find((name) => name === found.value);
  if (tier === undefined)
    return { ...base, verdict: 'error', text: 'isolation.tier is no isolation tier', actual: null };
  const strong = isolationTiers.indexOf(tier) <= isolationTiers.indexOf(least);
  const text = `the training ran in tier ${tier}, ${least} or stronger is asked for`;
  return { ...base, verdict: strong ? 'pass' : 'fail', text, actual: tier };
}
