import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../../domain/canonical-text.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { programResult } from '../../../domain/policy/program-verdict.js';
import { policyOf } from './judge-rules.js';

const [program] = mergePolicies(
  undefined,
  policyOf({ programs: [{ name: 'speed', path: 'checks', command: ['./speed'] }] }),
).programs;
if (!program) throw new Error('the policy has a program');
const ended = (exitCode: number | null, limit: 'wall' | null = null) => ({ exitCode, signal: null, limit });
const pass = JSON.stringify({ verdict: 'pass', text: '3 ms at most', actual: 3, limit: 5 });

describe('what a program of a policy says', () => {
  it('is a pass only with the verdict and exit code 0', () => {
    expect(programResult(program, ended(0), pass)).toMatchObject({
      name: 'speed',
      kind: 'program',
      verdict: 'pass',
      text: '3 ms at most',
      actual: 3,
      limit: 5,
    });
    expect(programResult(program, ended(1), pass)).toMatchObject({ verdict: 'error' });
    expect(programResult(program, ended(0, 'wall'), pass)).toMatchObject({ verdict: 'error' });
    expect(programResult(program, ended(null), pass)).toMatchObject({ verdict: 'error' });
  });

  it('is its no with its numbers, also with another exit code', () => {
    const no = JSON.stringify({ verdict: 'fail', text: '9 ms', actual: 9, limit: 5 });
    for (const exitCode of [0, 1])
      expect(programResult(program, ended(exitCode), no)).toMatchObject({ verdict: 'fail', distance: -4 });
    expect(programResult(program, ended(1), no).text).toContain('exit code 1');
  });

  it('is one line that every terminal shows and every store keeps', () => {
    const said = (text: string, actual: string | null = null) =>
      programResult(program, ended(0), JSON.stringify({ verdict: 'fail', text, actual }));
    expect(said('two\n  lines\u0000 and \u001b[31mred', 'a\u0007\u202eb')).toMatchObject({
      text: 'two lines\\x00 and \\x1b[31mred',
      actual: 'a\\x07\\u202eb',
    });
    for (const text of ['half of \ud83d', `${'x'.repeat(999)}\u{1f600}`])
      expect(() => canonicalText(said(text))).not.toThrow();
    expect(said('x'.repeat(2000)).text).toHaveLength(1000);
  });

  it.each([
    ['nothing', undefined, 'it wrote no verdict.json'],
    ['no JSON', '{verdict: pass', 'is no JSON'],
    ['a list', '[]', 'is no object'],
    ['another verdict', '{"verdict":"ok","text":"x"}', 'none of pass, fail, inconclusive, error'],
    ['a truthy verdict', '{"verdict":true,"text":"x"}', 'none of'],
    ['no reason', '{"verdict":"pass"}', 'has no text'],
    ['an empty reason', '{"verdict":"pass","text":" "}', 'has no text'],
    ['a number that is a list', '{"verdict":"pass","text":"x","actual":[1]}', 'no number'],
  ])('is an error for %s', (_, written, words) => {
    const result = programResult(program, ended(0), written);
    expect(result.verdict).toBe('error');
    expect(result.text).toContain(words);
    expect(result.text).toContain('exit code 0');
  });
});
