import { describe, expect, it } from 'vitest';
import { judgeInThread } from '../../../activities/policy/judge-in-thread.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { policyOf } from '../../domain/policy/judge-rules.js';
import { madeFacts, metric } from '../../domain/policy/made-facts.js';

const model = {
  evaluation: { task: 'classification', slices: ['origin'], inputs: ['temp', 'carrier'] },
} as never;
const never = new AbortController().signal;

/** Within all limits of its text, and yet millions of comparisons over so many slices. */
const endless = 'slices.all(a, slices.all(b, a.rows + b.rows > 0))';
const manySlices = Array.from({ length: 6000 }, (_, at) => ({
  column: 'origin',
  value: String(at),
  rows: at + 1,
  metrics: { recall: metric(0.5) },
}));
const fine = 'metrics.test.rocAuc.value > 0.5';

function judge(rules: readonly string[], deadlineMs?: number, signal = never) {
  const policy = policyOf({
    rules: rules.map((require, at) => ({ name: `rule-${at}`, require })),
    leastIsolation: 'uid',
  });
  const facts = madeFacts({ slices: manySlices });
  return judgeInThread({ policy: mergePolicies(undefined, policy), facts, model }, signal, deadlineMs);
}

describe('a policy in its thread', () => {
  it('answers every rule, then its other checks', async () => {
    const results = await judge([fine, 'metrics.test.rocAuc.value > 0.9', 'champion.version > 0', 'foo > 1']);
    expect(results.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['rule-0', 'pass'],
      ['rule-1', 'fail'],
      ['rule-2', 'inconclusive'],
      ['rule-3', 'error'],
      ['least-isolation', 'pass'],
    ]);
  });

  it('ends a rule that computes without end with its thread, and asks the others', async () => {
    const began = performance.now();
    const results = await judge([fine, endless, fine], 3000);
    expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'error', 'pass', 'pass']);
    expect(results[1]?.text).toBe('the rule was ended after 3000 ms without an answer');
    // The rule itself would take minutes.
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Worker')).toEqual([]);
  });

  it('does not ask the rest of a policy that is made of such rules, and passes none of them', async () => {
    const results = await judge([endless, endless, endless, fine], 1000);
    expect(results.slice(0, 4).map(({ verdict }) => verdict)).toEqual(Array(4).fill('error'));
    expect(results[3]?.text).toContain('not asked: 3 rules before it were ended');
  });

  it('survives a rule that gathers more than its memory', async () => {
    const list = Array(190).fill('a.rows').join(',');
    const greedy = `size(slices.map(a, slices.map(b, [${list}]))) > 0`;
    const [result] = await judge([greedy], 60_000);
    expect(result?.verdict).toBe('error');
    expect(result?.text).toContain('the rule ended its thread');
  });

  it('stops at once when the step is cancelled', async () => {
    const controller = new AbortController();
    const judging = judge([endless], 60_000, controller.signal);
    setTimeout(() => controller.abort(new Error('cancelled')), 500);
    await expect(judging).rejects.toThrow('cancelled');
  });
});
