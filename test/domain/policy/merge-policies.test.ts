import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { isolationTiers } from '../../../domain/ports/launcher.js';
import { policyOf } from './judge-rules.js';

const stage = (changes: object) => ({ name: 'review', role: 'reviewer', ...changes });
const withPeople = (...stages: object[]) => policyOf({ people: { stages } });

describe('the policy of the organisation and that of the model', () => {
  it('both hold: of two rules with one name both must pass', () => {
    const both = mergePolicies(
      policyOf({ rules: [{ name: 'a', require: 'dataset.rows.all > 10' }] }),
      policyOf({ rules: [{ name: 'a', require: 'dataset.rows.all > 5', severity: 'warn' }] }),
    );
    expect(both.rules.map(({ origin, severity }) => [origin, severity])).toEqual([
      ['organisation', 'block'],
      ['model', 'warn'],
    ]);
    expect(both.origins).toEqual(['organisation', 'model']);
  });

  it('ask for the stronger isolation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...isolationTiers), fc.constantFrom(...isolationTiers), (one, other) => {
        const { leastIsolation } = mergePolicies(
          policyOf({ leastIsolation: one }),
          policyOf({ leastIsolation: other }),
        );
        const rank = Math.min(isolationTiers.indexOf(one), isolationTiers.indexOf(other));
        expect(leastIsolation).toBe(isolationTiers[rank]);
      }),
    );
  });

  it('share a stage of one name and role: larger quorum, shorter times, a veto where either has one', () => {
    const { people } = mergePolicies(
      withPeople(stage({ quorum: 1, veto: true, expireAfter: '14 days' })),
      withPeople(stage({ quorum: 3, veto: false, expireAfter: '36 hours', remindAfter: '1 day' })),
    );
    expect(people?.stages).toEqual([
      {
        name: 'review',
        role: 'reviewer',
        quorum: 3,
        veto: true,
        expireAfter: '36 hours',
        remindAfter: '1 day',
      },
    ]);
  });

  it('let others step in only where both do, as late as the later says', () => {
    const escalate = (after: string, role = 'admin') => stage({ escalate: { after, role } });
    const merged = (one: object, other: object) =>
      mergePolicies(withPeople(one), withPeople(other)).people?.stages[0]?.escalate;
    expect(merged(stage({}), escalate('1 day'))).toBeUndefined();
    expect(merged(escalate('1 day'), stage({}))).toBeUndefined();
    expect(merged(escalate('1 day'), escalate('1 day', 'ml-engineer'))).toBeUndefined();
    expect(merged(escalate('1 day'), escalate('36 hours'))).toEqual({ after: '36 hours', role: 'admin' });
  });

  it('wait for older candidates only where both say so', () => {
    const newer = (one: string, other: string) =>
      mergePolicies(
        policyOf({ people: { stages: [stage({})], newer: one } }),
        policyOf({ people: { stages: [stage({})], newer: other } }),
      ).people?.newer;
    expect(newer('waits', 'waits')).toBe('waits');
    expect(newer('waits', 'supersedes')).toBe('supersedes');
    expect(newer('supersedes', 'waits')).toBe('supersedes');
  });

  it('keep every other stage, also one of the same name and another role', () => {
    const { people } = mergePolicies(
      withPeople(stage({})),
      withPeople(stage({ role: 'business-analyst' }), stage({ name: 'last', role: 'admin' })),
    );
    expect(people?.stages.map(({ name, role }) => [name, role])).toEqual([
      ['review', 'reviewer'],
      ['review-2', 'business-analyst'],
      ['last', 'admin'],
    ]);
  });

  it('ask nobody where neither asks anybody, and nothing where there is none', () => {
    expect(mergePolicies(policyOf({}), policyOf({})).people).toBeNull();
    expect(mergePolicies(undefined, undefined)).toEqual({
      rules: [],
      programs: [],
      ethics: [],
      leastIsolation: 'none',
      people: null,
      origins: [],
    });
  });
});
