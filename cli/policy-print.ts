import type { RuleResult } from '../domain/policy/policy-verdict.js';
import type { PolicyVerdictRecord } from '../domain/ports/policies.js';
import { printableLine } from '../domain/printable.js';
import type { Verdict } from '../domain/verdict.js';
import { colors } from './colors.js';
import type { ExplainedFile } from './policy-check/explain-file.js';
import { printFacts, printLine, printTable, shortNumber } from './print.js';

const verdictColors: Readonly<Record<Verdict, (text: string) => string>> = {
  pass: colors.green,
  fail: colors.magenta,
  inconclusive: colors.yellow,
  error: colors.red,
};

export function verdictText(verdict: Verdict): string {
  return verdictColors[verdict](verdict);
}

/**
 * What a policy said about a version: the answer, then every rule with number, limit and distance, those that stop it
 * first. Without `passed`, rules that passed are counted alone.
 */
export function printPolicyVerdict(
  record: Omit<PolicyVerdictRecord, 'facts' | 'digests'>,
  { passed = true }: { readonly passed?: boolean } = {},
): void {
  const { project, model, version, verdict, rules, policyDigest, factsDigest, createdAt } = record;
  printFacts([
    ['version', `${project}/${model}@${version}`],
    ['verdict', verdict],
    ['rules', rules.length === 0 ? 'none' : countsOf(rules)],
    ['policy', policyDigest.slice(0, 12)],
    ['facts', factsDigest.slice(0, 12)],
    ['judged', createdAt],
  ]);
  printRules(rules, passed);
  const broken = rules.find((rule) => rule.kind === 'program' && rule.verdict !== 'pass');
  if (broken === undefined) return;
  const log = `ratchet policy explain ${project}/${model}@${version} --log ${broken.name}`;
  printLine(colors.dim(`what it wrote: ${printableLine(log)}`));
}

/** What a policy file would say of a version. */
export function printPolicyFile(
  { version, file }: { readonly version: string; readonly file: string },
  { verdict, rules, programsNotRun }: ExplainedFile,
): void {
  printFacts([
    ['version', version],
    ['verdict', programsNotRun.length === 0 ? verdict : `${verdict}, without its programs`],
    ['policy', `${file}, which is not in force by this`],
    ['not run', programsNotRun.length === 0 ? undefined : programsNotRun.join(', ')],
  ]);
  printRules(rules, true);
}

function printRules(rules: readonly RuleResult[], passed: boolean): void {
  const ordered = rules
    .filter((rule) => passed || rule.verdict !== 'pass')
    .toSorted((a, b) => rank(a) - rank(b));
  if (ordered.length === 0 && rules.length > 0) return;
  printLine();
  printTable(
    ['rule', 'verdict', 'actual', 'limit', 'distance', 'n', 'of'],
    ordered.map((rule) => [
      rule.name,
      verdictWord(rule),
      cell(rule.actual),
      cell(rule.limit),
      rule.distance,
      rule.n,
      rule.origin,
    ]),
    'no rule: no policy is in force',
  );
  printLine();
  for (const rule of ordered) if (rule.verdict !== 'pass' || rule.kind === 'program') printReason(rule);
}

/** `12 pass, 1 fail (warns)`. */
function countsOf(rules: readonly RuleResult[]): string {
  const counts = new Map<string, number>();
  for (const rule of rules.toSorted((a, b) => rank(b) - rank(a))) {
    const word = rule.verdict === 'pass' ? rule.verdict : verdictWord(rule);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}

const verdictWord = ({ verdict, severity }: RuleResult) =>
  severity === 'warn' ? `${verdict} (warns)` : verdict;

function printReason({ name, verdict, text, expression }: RuleResult): void {
  printLine(`${verdictText(verdict)}  ${printableLine(name)}: ${printableLine(text)}`);
  if (expression !== null) printLine(colors.dim(`      ${printableLine(expression)}`));
}

function rank({ verdict, severity }: RuleResult): number {
  const order: readonly Verdict[] = ['fail', 'error', 'inconclusive', 'pass'];
  return order.indexOf(verdict) * 2 + (severity === 'warn' ? 1 : 0);
}

function cell(value: RuleResult['actual']): string | number | null {
  if (typeof value === 'number') return Number(shortNumber(value));
  return value === null ? null : String(value);
}
