import type { Refusal } from '../ports/runs.js';
import type { PolicyVerdict, RuleResult } from './policy-verdict.js';

/** Everything that stops a version, as rows: the number, the limit, and how far it is from passing. */
export function policyRefusals({ rules }: Pick<PolicyVerdict, 'rules'>): readonly Refusal[] {
  return rules
    .filter(({ severity, verdict }) => severity === 'block' && verdict !== 'pass')
    .map((result) => ({
      what: `policy of the ${result.origin}`,
      rule: result.name,
      actual: actualText(result),
      limit: limitText(result),
    }));
}

function actualText({ kind, verdict, actual, distance, n, text }: RuleResult): string {
  if (verdict !== 'fail' || actual === null || distance === null) return `${verdict}: ${text}`;
  const number = `${shown(actual)}, ${shown(Math.abs(distance))} lacking`;
  // The text of a rule says these numbers and its limit once more.
  if (kind === 'rule') return n === null ? number : `${number} (n ${n})`;
  return `${number}: ${text}`;
}

function limitText({ expression, limit, kind }: RuleResult): string {
  if (expression !== null) return expression;
  if (limit !== null) return shown(limit);
  return kind === 'program' ? 'a program that passes' : 'a check that passes';
}

function shown(value: number | string | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : String(value);
}
