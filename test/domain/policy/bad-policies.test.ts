import { describe, expect, it } from 'vitest';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { parsePolicy } from '../../../domain/policy/parse-policy.js';
import { badPolicies } from './bad-policies.js';
import { judgeRule } from './judge-rules.js';

const model = {
  evaluation: { task: 'classification', slices: ['origin', 'carrier'], inputs: ['temp', 'carrier'] },
} as never;

function said(text: string): string {
  try {
    parsePolicy(text, 'policy.yaml', model);
  } catch (error) {
    if (error instanceof RatchetError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return 'nothing is wrong';
}

describe('a policy file that is wrong', () => {
  it('is known in at least thirty ways', () => {
    expect(badPolicies.length).toBeGreaterThanOrEqual(30);
  });

  it.each(badPolicies.map((bad) => [bad.what, bad] as const))(
    '%s is told with its place',
    (_, { text, at, says }) => {
      const message = said(text);
      expect(message).toContain(`policy.yaml:${at}:`);
      expect(message).toContain(says);
    },
  );

  it.each(
    badPolicies.flatMap(({ what, text }) => {
      const require = /require: (.*)/.exec(text)?.[1]?.replace(/^'(.*)'$/s, '$1');
      return require === undefined || require.includes('name') ? [] : [[what, require] as const];
    }),
  )('%s does not pass where it runs all the same', (_, require) => {
    expect(judgeRule(require === '""' ? ' ' : require.slice(0, 2000), {}).verdict).not.toBe('pass');
  });

  it('without a model may name every column and every metric', () => {
    const text = 'version: 1\nrules:\n  - { name: a, require: gaps.dest.rmse.worst < 5 }\n';
    expect(parsePolicy(text, 'policy.yaml').rules).toHaveLength(1);
  });

  it('tells all that is wrong in one rule', () => {
    const message = said('version: 1\nrules:\n  - { name: a, require: foo.x > 1 && bar.y < 2 }\n');
    expect(message).toContain('"foo"');
    expect(message).toContain('"bar"');
  });
});
