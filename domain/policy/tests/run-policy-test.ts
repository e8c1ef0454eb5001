import type { PolicyConfig } from '../../config/policy.js';
import type { PolicyTestCase, PolicyTestConfig } from '../../config/policy-test.js';
import type { Verdict } from '../../verdict.js';
import { nameProblem } from '../expression/name-problem.js';
import { factTypes, type KnownModel } from '../facts/fact-types.js';
import { isMissing } from '../facts/policy-facts.js';
import { type GivenFacts, judgePolicy, overallVerdict } from '../judge-policy.js';
import { mergePolicies } from '../merge-policies.js';
import type { RuleResult } from '../policy-verdict.js';
import { givenFactProblems } from './given-fact-problems.js';

/** How one case of a policy test ended. */
export interface PolicyTestResult {
  readonly name: string;
  readonly ok: boolean;
  /** What was expected and did not come, with the reason that the policy gives. */
  readonly differences: readonly string[];
  readonly results: readonly RuleResult[];
  readonly verdict: Verdict;
}

/** Tries every case of a test file. The policy stands alone: that of the organisation is not in the repository. */
export function runPolicyTest(
  test: PolicyTestConfig,
  policy: PolicyConfig,
  model?: KnownModel,
): readonly PolicyTestResult[] {
  return test.cases.map((one) => runCase(one, test.facts, policy, model));
}

function runCase(
  { name, facts, expect }: PolicyTestCase,
  shared: GivenFacts,
  policy: PolicyConfig,
  model: KnownModel | undefined,
): PolicyTestResult {
  const given = overlaid(shared, facts);
  const results = [...judgePolicy(mergePolicies(undefined, policy), given, model)];
  const verdict = overallVerdict(results);
  const differences = [
    ...givenFactProblems(given, factTypes(model)),
    ...Object.entries(expect.rules).flatMap(([rule, wanted]) => ruleDifference(results, rule, wanted)),
  ];
  if (expect.verdict !== undefined && expect.verdict !== verdict)
    differences.push(`the policy says ${verdict}, expected is ${expect.verdict}${blockers(results)}`);
  return { name, ok: differences.length === 0, differences, results, verdict };
}

function ruleDifference(results: readonly RuleResult[], rule: string, wanted: Verdict): string[] {
  const found = results.find(({ name }) => name === rule);
  if (found === undefined) {
    const [came, allowed] = nameProblem(
      'rule',
      rule,
      results.map(({ name }) => name),
    );
    return [`${came}, allowed is ${allowed}`];
  }
  return found.verdict === wanted
    ? []
    : [`${rule} is ${found.verdict}, expected is ${wanted}: ${found.text}`];
}

function blockers(results: readonly RuleResult[]): string {
  const told = results
    .filter(({ severity, verdict }) => severity === 'block' && verdict !== 'pass')
    .map(({ name, text }) => `${name}: ${text}`);
  return told.length === 0 ? '' : ` (${told.slice(0, 3).join('; ')})`;
}

/** Groups are laid over each other name by name; lists, values and missing facts replace what was there. */
function overlaid(below: unknown, above: unknown): GivenFacts {
  return merge(below, above) as GivenFacts;
}

function merge(below: unknown, above: unknown): unknown {
  if (!isGroup(below) || !isGroup(above)) return above;
  const merged = Object.entries(above).map(([name, value]) => [
    name,
    Object.hasOwn(below, name) ? merge(below[name], value) : value,
  ]);
  return { ...below, ...Object.fromEntries(merged) };
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isMissing(value);
}
