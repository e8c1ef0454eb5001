import type { ModelConfig } from '../../domain/config/model.js';
import { broken } from '../../domain/policy/evaluate-rule.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import type { MergedPolicy } from '../../domain/policy/merge-policies.js';
import type { RuleResult } from '../../domain/policy/policy-verdict.js';
import { askThread, type ThreadEnding } from './ask-thread.js';

/** A rule that takes longer is ended with its thread. 50 rules take some milliseconds together. */
const ruleDeadlineMs = 5000;

/** After so many rules that had to be ended the others are not asked any more. */
const mostEnded = 3;

export interface PolicyQuestion {
  readonly policy: MergedPolicy;
  readonly facts: PolicyFacts;
  readonly model: Pick<ModelConfig, 'evaluation'>;
}

/**
 * Rules, ethics and isolation, in a thread of their own: a rule that does not come to its end is ended with the thread,
 * counts as an error, and the rules after it are asked in a new one. Whatever a policy holds, there is a result for
 * every rule.
 */
export async function judgeInThread(
  { policy, facts, model }: PolicyQuestion,
  signal: AbortSignal,
  deadlineMs = ruleDeadlineMs,
): Promise<readonly RuleResult[]> {
  const results: RuleResult[] = [];
  for (let ended = 0; ; ) {
    const rules = policy.rules.slice(results.length);
    const ending = await askThread(
      { do: 'judge', policy: { ...policy, rules }, facts, model },
      (answer) => answer.kind === 'rule' && results.push(answer.result),
      { deadlineMs, signal },
    );
    if (ending.kind === 'done') return results;
    const [late, ...others] = policy.rules.slice(results.length);
    const why = reasonOf(ending, deadlineMs);
    if (late === undefined) return [...results, restBroken(why)];
    results.push(broken(late, why));
    ended += 1;
    if (ended >= mostEnded)
      for (const rule of others) results.push(broken(rule, `not asked: ${ended} rules before it were ended`));
  }
}

function reasonOf(ending: Exclude<ThreadEnding, { kind: 'done' }>, deadlineMs: number): string {
  return ending.kind === 'late'
    ? `the rule was ended after ${deadlineMs} ms without an answer`
    : `the rule ended its thread: ${ending.reason}`;
}

/** Ethics and isolation hold nothing that could take long; if they do all the same, nothing passes. */
function restBroken(why: string): RuleResult {
  return {
    name: 'ethics-and-isolation',
    kind: 'ethics',
    origin: 'model',
    severity: 'block',
    verdict: 'error',
    text: why.replace('the rule', 'the checks'),
    expression: null,
    actual: null,
    limit: null,
    distance: null,
    n: null,
  };
}
