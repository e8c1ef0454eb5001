import { describe, expect, it } from 'vitest';
import { evaluateTask } from '../../../domain/metrics/evaluate.js';
import type { Finding } from '../../../domain/metrics/evaluation.js';
import type { SplitInput } from '../../../domain/metrics/evaluation-input.js';
import { classificationSplit, regressionSplit } from './made-rows.js';

const classify = (train: SplitInput, validation: SplitInput, test: SplitInput) =>
  evaluateTask({ task: 'classification', splits: { train, validation, test }, seed: 1 }).findings;
const kinds = (findings: readonly Finding[]) => findings.map((finding) => finding.kind);

describe('the findings about the fit', () => {
  it('are none for a model that does as well on test as on train', () => {
    expect(
      classify(classificationSplit(3000, 1), classificationSplit(1000, 2), classificationSplit(3000, 3)),
    ).toEqual([]);
  });

  it('name over-fitting with the numbers of all three splits', () => {
    const findings = classify(
      classificationSplit(3000, 1),
      classificationSplit(1000, 2, 0.5),
      classificationSplit(3000, 3, 0.5),
    );
    const found = findings.find((finding) => finding.kind === 'over-fitted');
    expect(found?.text).toMatch(
      /^over-fitted: rocAuc is 0\.8\d+ on train, 0\.\d+ on validation and 0\.\d+ on test; the gap of 0\.\d+ is above 0\.0\d+ \(the larger of 0\.02 and two standard errors, 0\.0\d+\)$/,
    );
    const { train = 0, test = 0, gap = 0, limit = 1 } = found?.numbers ?? {};
    expect(gap).toBeCloseTo(train - test, 12);
    expect(gap).toBeGreaterThan(limit);
  });

  it('do not name a gap that two small splits show by chance', () => {
    const names = Array.from({ length: 40 }, (_, seed) =>
      kinds(
        classify(
          classificationSplit(100, 3 * seed),
          classificationSplit(100, 3 * seed + 1),
          classificationSplit(100, 3 * seed + 2),
        ),
      ),
    ).filter((found) => found.includes('over-fitted'));
    expect(names.length).toBeLessThanOrEqual(4);
  });

  it('name under-fitting and the lost baseline of a model that guesses', () => {
    const guess = (seed: number) => classificationSplit(2000, seed, 1);
    const findings = classify(guess(1), guess(2), guess(3));
    expect(kinds(findings)).toEqual(['under-fitted', 'baseline']);
    expect(findings[0]?.text).toContain('against 0.500 of the constant answer');
  });

  it('count a loss downward: a regression worse than the mean on test does not beat its baseline', () => {
    const splits = {
      train: regressionSplit(500, 1, 1),
      validation: regressionSplit(500, 2, 1),
      test: regressionSplit(500, 3, 20),
    };
    const findings = evaluateTask({ task: 'regression', splits, seed: 1 }).findings;
    expect(kinds(findings)).toEqual(['over-fitted', 'baseline']);
    expect(findings[1]?.text).toMatch(
      /^no better than the baseline: mse on test is 1\d\d\.\d+ against 8\.\d+ of the constant answer$/,
    );
  });

  it('say what could not be judged', () => {
    const oneClass = { ...classificationSplit(100, 1), label: new Float64Array(100) };
    const findings = classify(oneClass, classificationSplit(500, 2), classificationSplit(500, 3));
    expect(findings).toContainEqual({
      kind: 'not-judged',
      text: 'over-fitting could not be judged: rocAuc on train is undefined, no row is positive: only one class is there',
      numbers: {},
    });
  });
});
