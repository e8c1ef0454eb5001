import type { Verdict } from '../verdict.js';
import { comparisonText } from './comparison-text.js';
import { checkExpression } from './expression/check-expression.js';
import { type Comparison, decisive } from './expression/comparison.js';
import { parseExpression } from './expression/parse-expression.js';
import { conjunctsOf, type ExpressionResult, type ExpressionRunner } from './expression/run-expression.js';
import type { Expr } from './expression/tree.js';
import type { FactType } from './facts/fact-type.js';
import type { PolicyRule } from './merge-policies.js';
import type { RuleResult } from './policy-verdict.js';

/** Comparisons told of one rule. */
const mostTold = 5;

/** What a rule says of the facts that `runner` holds. Only true passes; it does not throw. */
export function evaluateRule(
  rule: PolicyRule,
  runner: ExpressionRunner,
  types: Readonly<Record<string, FactType>>,
): RuleResult {
  const parsed = parseExpression(rule.require);
  if (parsed.kind === 'refused')
    return broken(rule, `the rule is ${parsed.came}, allowed is ${parsed.allowed}`);
  const problems = checkExpression(parsed.expr, types);
  if (problems.length > 0)
    return broken(rule, problems.map(({ came, allowed }) => `${came}, allowed is ${allowed}`).join('; '));
  return judged(
    rule,
    conjunctsOf(parsed.expr).map((part: Expr) => runner.run(part)),
  );
}

/** The parts of `a && b`: each is told, the worst decides. */
function judged(rule: PolicyRule, parts: readonly ExpressionResult[]): RuleResult {
  const verdict = verdictOf(parts);
  const failing = parts.filter((part) => part.kind === 'value' && !part.value);
  const deciding = (verdict === 'fail' ? failing : parts).flatMap(({ comparisons }) => comparisons);
  const worst = decisive(deciding, verdict !== 'fail');
  const reasons = parts.flatMap((part) => (part.kind === 'value' ? [] : [part.reason]));
  const told = [...new Set([...reasons, ...toldOf(parts, worst)])];
  return {
    ...about(rule),
    verdict,
    text: told.length > 0 ? told.join('; ') : `it is ${verdict === 'pass' ? 'true' : 'false'}`,
    actual: worst?.actual ?? (verdict === 'pass' ? true : verdict === 'fail' ? false : null),
    limit: worst?.limit ?? (worst === undefined && (verdict === 'pass' || verdict === 'fail') ? true : null),
    distance: worst?.distance ?? null,
    n: worst?.n ?? null,
  };
}

function verdictOf(parts: readonly ExpressionResult[]): Verdict {
  if (parts.some(({ kind }) => kind === 'error')) return 'error';
  if (parts.some((part) => part.kind === 'value' && !part.value)) return 'fail';
  return parts.some(({ kind }) => kind === 'missing') ? 'inconclusive' : 'pass';
}

function toldOf(parts: readonly ExpressionResult[], worst: Comparison | undefined): string[] {
  const all = parts.flatMap(({ comparisons }) => comparisons);
  const others = all.filter((comparison) => comparison !== worst && comparison.holds !== null);
  const first = worst === undefined ? [] : [worst];
  const told = [...first, ...others].slice(0, mostTold).map(comparisonText);
  const more = first.length + others.length - told.length;
  return more > 0 ? [...told, `and ${more} more comparisons`] : told;
}

export function about(
  rule: PolicyRule,
): Pick<RuleResult, 'name' | 'kind' | 'origin' | 'severity' | 'expression'> {
  const { name, origin, severity, require } = rule;
  return { name, kind: 'rule', origin, severity, expression: require };
}

/** A rule that could not be asked. */
export function broken(rule: PolicyRule, text: string): RuleResult {
  return { ...about(rule), verdict: 'error', text, actual: null, limit: null, distance: null, n: null };
}
