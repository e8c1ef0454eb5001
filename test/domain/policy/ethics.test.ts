import { describe, expect, it } from 'vitest';
import type { AssociationFact } from '../../../domain/policy/facts/policy-facts.js';
import { type GivenFacts, judgePolicy } from '../../../domain/policy/judge-policy.js';
import { mergePolicies } from '../../../domain/policy/merge-policies.js';
import { policyOf } from './judge-rules.js';
import { madeFacts } from './made-facts.js';

const statement = 'Considered by the people who wrote it.';

function judge(ethics: object, facts: object = madeFacts(), organisation?: object) {
  const policy = mergePolicies(
    organisation && policyOf(organisation),
    policyOf({ ethics: { statement, ...ethics } }),
  );
  return Object.fromEntries(
    [...judgePolicy(policy, facts as GivenFacts)].map((result) => [result.name, result]),
  );
}

const pair = (input: string, column: string, value: AssociationFact['value']): AssociationFact => ({
  input,
  column,
  value,
  measure: 'rank correlation',
  n: 5000,
});

describe('forbidden features', () => {
  const forbidden = { forbiddenFeatures: ['age'], association: 0.9 };

  it('are found by name, in any case of letters', () => {
    const inputs = (names: string[]) => madeFacts({ model: { ...madeFacts().model, inputs: names } });
    expect(judge(forbidden, inputs(['temp', 'AGE']))['ethics-forbidden-features']).toMatchObject({
      verdict: 'fail',
    });
    expect(judge(forbidden, inputs(['temp']))['ethics-forbidden-features']).toMatchObject({
      verdict: 'pass',
    });
  });

  it('are found as a near-copy, with the closest input, its number and the limit', () => {
    const associations = [pair('temp', 'age', 0.93), pair('carrier', 'age', 0.2)];
    expect(judge(forbidden, madeFacts({ associations }))['ethics-near-copies']).toMatchObject({
      verdict: 'fail',
      actual: 0.93,
      limit: 0.9,
      n: 5000,
      text: 'temp is associated with age by 0.930 (rank correlation), below 0.9 is allowed',
    });
    const both = [pair('temp', 'age', 0.91), pair('carrier', 'age', 0.94)];
    expect(judge(forbidden, madeFacts({ associations: both }))['ethics-near-copies']?.text).toBe(
      'carrier is associated with age by 0.940 (rank correlation), below 0.9 is allowed; so are temp with age by 0.910',
    );
  });

  it('name the nearest pair where all is well, and where some could not be measured', () => {
    const said = (value: AssociationFact['value']) =>
      judge(
        forbidden,
        madeFacts({ associations: [pair('temp', 'age', 0.6), pair('carrier', 'age', value)] }),
      )['ethics-near-copies'];
    expect(said(0.2)).toMatchObject({ verdict: 'pass', actual: 0.6, limit: 0.9 });
    expect(said(0.2)?.text).toContain('temp is associated with age by 0.600');
    expect(said({ missing: '20 rows have both values' })?.text).toMatch(
      /carrier says about age is not known: .*20 rows have both values; of the others temp is associated with age/,
    );
  });

  it('pass only where every input was compared', () => {
    const all = [pair('temp', 'age', 0.3), pair('carrier', 'age', 0.2)];
    expect(judge(forbidden, madeFacts({ associations: all }))['ethics-near-copies']).toMatchObject({
      verdict: 'pass',
    });
    const open = [
      [pair('temp', 'age', 0.3)],
      [pair('temp', 'age', 0.3), pair('carrier', 'age', { missing: '20 rows have both values' })],
      [],
    ];
    for (const associations of open)
      expect(judge(forbidden, madeFacts({ associations }))['ethics-near-copies']).toMatchObject({
        verdict: 'inconclusive',
      });
  });
});

describe('a purpose that is prohibited', () => {
  const judged = (words: string) =>
    judge({ prohibitedPurposes: [words] })['ethics-purpose'] ?? { verdict: 'there is none', text: '' };

  it('is found whatever its case and signs, and only as whole words', () => {
    expect(judged('WILL PROBABLY be-late')).toMatchObject({ verdict: 'fail' });
    expect(judged('probab')).toMatchObject({ verdict: 'pass' });
  });

  it('is found however its accents are written', () => {
    const facts = madeFacts({
      purpose: { ...madeFacts().purpose, intendedUse: 'Un score de cre\u0301dit.' },
    });
    const judgedFacts = judge({ prohibitedPurposes: ['score de cr\u00e9dit'] }, facts);
    expect(judgedFacts['ethics-purpose']).toMatchObject({ verdict: 'fail' });
  });

  it('cannot be looked for where no use is declared', () => {
    const facts = { ...madeFacts(), purpose: { missing: 'nobody declared one' } };
    expect(judge({ prohibitedPurposes: ['ranking'] }, facts)['ethics-purpose']).toMatchObject({
      verdict: 'inconclusive',
    });
  });
});

describe('what must hold between groups', () => {
  it('is judged by floor, ratio and gap, each with its distance', () => {
    const slices = [{ column: 'origin', metric: 'recall', least: 0.4, leastRatio: 0.55, mostGap: 0.2 }];
    const results = judge({ slices });
    expect(results['ethics-origin-recall-worst']).toMatchObject({
      verdict: 'fail',
      actual: 0.36,
      limit: 0.4,
      n: 210,
    });
    expect(results['ethics-origin-recall-worst']?.distance).toBeCloseTo(-0.04, 12);
    expect(results['ethics-origin-recall-worst']?.text).toContain('the worst is LGA');
    expect(results['ethics-origin-recall-ratio']).toMatchObject({ verdict: 'pass' });
    expect(results['ethics-origin-recall-gap']?.distance).toBeCloseTo(-0.04, 12);
  });

  it('holds losses from above', () => {
    const gaps = { origin: { logLoss: { worst: 0.6, best: 0.4, ratio: 0.66, gap: 0.2, n: 300 } } };
    const slices = [{ column: 'origin', metric: 'logLoss', least: 0.5 }];
    expect(judge({ slices }, { ...madeFacts(), gaps })['ethics-origin-logLoss-worst']).toMatchObject({
      verdict: 'fail',
    });
  });

  it('is open where slices have too few rows', () => {
    const gaps = { origin: { recall: { missing: '1 of 3 slices has enough rows' } } };
    const slices = [{ column: 'origin', metric: 'recall', least: 0.1 }];
    expect(judge({ slices }, { ...madeFacts(), gaps })['ethics-origin-recall-worst']).toMatchObject({
      verdict: 'inconclusive',
    });
  });
});

describe('an organisation that states its ethics', () => {
  const organisation = { ethics: { statement: 'We do not profile passengers, ever.' } };

  it('asks for a statement of the model', () => {
    const without = mergePolicies(policyOf(organisation), policyOf({}));
    const [result] = [...judgePolicy(without, {})];
    expect(result).toMatchObject({ name: 'ethics-statement', verdict: 'fail', origin: 'organisation' });
    expect(judge({}, madeFacts(), organisation)['ethics-statement']).toMatchObject({ verdict: 'pass' });
  });
});

describe('the least isolation', () => {
  const judged = (least: string, tier: string) => {
    const policy = mergePolicies(undefined, policyOf({ leastIsolation: least }));
    const facts = { isolation: { tier, rank: 0 } };
    return [...judgePolicy(policy, facts)][0]?.verdict;
  };

  it('is reached by its tier and by stronger ones', () => {
    expect(['container', 'namespace', 'uid', 'none'].map((tier) => judged('namespace', tier))).toEqual([
      'pass',
      'pass',
      'fail',
      'fail',
    ]);
    expect(judged('uid', 'gvisor')).toBe('error');
    expect(judged('none', 'none')).toBe('pass');
  });
});
