import type { Verdict } from '../verdict.js';
import { evaluateRule } from './evaluate-rule.js';
import { ExpressionRunner } from './expression/run-expression.js';
import { factTypes, type KnownModel } from './facts/fact-types.js';
import { judgeEthics } from './judge-ethics.js';
import { judgeIsolation } from './judge-isolation.js';
import type { MergedPolicy, PolicyRule } from './merge-policies.js';
import type { RuleResult } from './policy-verdict.js';

/** Facts as they come out of JSON: of a stored verdict, or of a test in a repository, where most are left out. */
export type GivenFacts = Readonly<Record<string, unknown>>;

/**
 * Everything in a policy that is decided from facts alone: rules, ethics, isolation. Programs run elsewhere. One
 * result after the other, so that whoever waits knows which one takes long. A rule of the organisation is for models of
 * every task: it may name metrics that this one does not have, which are missing then, and no misspelling.
 */
export function* judgePolicy(
  policy: MergedPolicy,
  facts: GivenFacts,
  model?: KnownModel,
): Generator<RuleResult, void> {
  const given = withAllNames(facts, Object.keys(factTypes()));
  const ofModel = judgeBy(given, factTypes(model));
  const ofAll = judgeBy(given, factTypes());
  for (const rule of policy.rules) yield (rule.origin === 'organisation' ? ofAll : ofModel)(rule);
  yield* judgeEthics(policy, facts);
  if (policy.origins.length > 0) yield judgeIsolation(policy, facts);
}

function judgeBy(facts: GivenFacts, types: ReturnType<typeof factTypes>): (rule: PolicyRule) => RuleResult {
  const runner = new ExpressionRunner(facts, types);
  return (rule) => evaluateRule(rule, runner, types);
}

/** A part that nobody gave is missing: it is no misspelling. */
function withAllNames(facts: GivenFacts, names: readonly string[]): GivenFacts {
  const absent = names.filter((name) => !Object.hasOwn(facts, name));
  return {
    ...facts,
    ...Object.fromEntries(absent.map((name) => [name, { missing: 'it is not among the facts' }])),
  };
}

/** The whole answer: what blocks decides, the worst of it first. No result at all is no pass. */
export function overallVerdict(results: readonly Pick<RuleResult, 'severity' | 'verdict'>[]): Verdict {
  if (results.length === 0) return 'error';
  const blocking = results.filter(({ severity }) => severity === 'block').map(({ verdict }) => verdict);
  const order = ['fail', 'error', 'inconclusive'] as const;
  return order.find((verdict) => blocking.includes(verdict)) ?? 'pass';
}
