import { describe, expect, it } from 'vitest';
import type { ColumnValues } from '../../../domain/monitoring/column-values.js';
import { judgeEstimate, learnEstimate } from '../../../domain/monitoring/estimate-quality.js';
import { judgeOutcomes, learnOutcomes } from '../../../domain/monitoring/outcomes.js';
import {
  judgeLoss,
  type LossDetector,
  type LossState,
  learnLoss,
} from '../../../domain/monitoring/watch-loss.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';
import { normals, table } from './rows-together.js';

/** Scores spread between two ends, and labels that are 1 as often as `truth` says of each. */
function answered(seed: number, rows: number, ends = [0, 1], truth = (score: number) => score) {
  const random = seededRandom(seed);
  const [low = 0, high = 1] = ends;
  const scores = Float64Array.from({ length: rows }, () => low + (high - low) * random());
  return { scores, labels: scores.map((score) => (random() < truth(score) ? 1 : 0)) };
}

describe('quality as it is estimated without truth', () => {
  const how = { threshold: 0.5, primary: 'rocAuc' };
  const reference = learnEstimate(answered(1, 4000), how);
  const beside = { regions: { x: { kind: 'numeric', low: -4, high: 4 } }, leastRows: 200 } as const;
  const judged = (scores: Float64Array, columns: Record<string, ColumnValues> = table(2, scores.length)) =>
    reference && judgeEstimate(reference, { scores, columns, threshold: 0.5 }, beside);

  it('is within its band where the scores are what they were, and below it where they tell less', () => {
    expect(judged(answered(3, 1000).scores)?.verdict).toBe('pass');
    const unsure = judged(answered(4, 1000, [0.4, 0.6]).scores);
    expect(unsure).toMatchObject({ verdict: 'fail', metric: 'rocAuc' });
    expect(unsure?.text).toMatch(/^estimated rocAuc 0\.5\d\d \(below 0\.7\d\d it is a loss\)$/);
    expect(unsure?.metrics.accuracy).toBeLessThan(0.6);
  });

  it('is judged the other way round where less is better', () => {
    const ofLoss = learnEstimate(answered(1, 4000), { ...how, primary: 'brier' });
    const scores = answered(4, 1000, [0.4, 0.6]).scores;
    const window = { scores, columns: table(2, 1000), threshold: 0.5 };
    expect(ofLoss?.metric).toBe('logLoss');
    expect(ofLoss && judgeEstimate(ofLoss, window, beside).verdict).toBe('fail');
  });

  it('is not believed where the rows lie where the reference has none, for few rows, and for scores that mean nothing', () => {
    const far = table(5, 1000, (normal) => [normal() + 5, normal()]);
    expect(judged(answered(4, 1000, [0.4, 0.6]).scores, far)).toMatchObject({
      verdict: 'inconclusive',
      text: expect.stringContaining('not valid'),
    });
    expect(judged(answered(4, 100, [0.4, 0.6]).scores)?.verdict).toBe('inconclusive');
    expect(judged(new Float64Array(1000).fill(Number.NaN))?.verdict).toBe('inconclusive');
    const rare = learnEstimate(answered(6, 4000, [0, 0.01]), how);
    const window = { scores: answered(7, 1000).scores, columns: table(2, 1000), threshold: 0.5 };
    expect(rare && judgeEstimate(rare, window, beside)).toMatchObject({
      verdict: 'inconclusive',
      text: expect.stringContaining('not checked'),
    });
  });

  it('is taken from a curve where the scores of the test rows are off', () => {
    const off = learnEstimate(
      answered(8, 4000, [0, 1], (score) => score ** 3),
      how,
    );
    const window = { ...answered(9, 1000), columns: table(2, 1000), threshold: 0.5 };
    expect(off?.calibration.curve).toBeDefined();
    expect(off && judgeEstimate(off, window, beside)).toMatchObject({ verdict: 'pass' });
    expect(learnEstimate(answered(10, 400), how)).toBeNull();
    expect(
      learnEstimate({ scores: new Float64Array(900).fill(2), labels: new Float64Array(900) }, how),
    ).toBeNull();
  });
});

describe('outcomes by themselves', () => {
  const labelled = (seed: number, rows: number, rate: number, shift = 0) => {
    const random = seededRandom(seed);
    const labels = Float64Array.from({ length: rows }, () => (random() < rate ? 1 : 0));
    // One input says something of the outcome, so that it moves with the shares, and not within them.
    const columns = table(seed + 50, rows, (normal, at) => [normal() + (labels[at] ?? 0) + shift, normal()]);
    return { columns, labels };
  };
  const made = labelled(1, 4000, 0.3);
  const weeks = Array.from({ length: 4 }, (_, week) =>
    Int32Array.from({ length: 1000 }, (__, at) => week * 1000 + at),
  );
  const reference = learnOutcomes(
    made.labels,
    weeks,
    Array.from({ length: 4000 }, (_, row) => row),
  );
  const beside = { sample: made.columns, limits: {}, leastRows: 200 };
  const verdictOf = (window: ReturnType<typeof labelled>) =>
    reference && judgeOutcomes(reference, beside, window).verdict;

  it('have not moved while their shares stay, within what the weeks of the reference differ by', () => {
    expect(reference?.largestGap).toBeLessThan(0.05);
    expect(verdictOf(labelled(2, 800, 0.3))).toBe('pass');
    const wide = reference && { ...reference, largestGap: 0.4 };
    expect(wide && judgeOutcomes(wide, beside, labelled(3, 800, 0.6)).verdict).toBe('pass');
  });

  it('have moved where their shares did, and the inputs within each did not', () => {
    expect(verdictOf(labelled(3, 800, 0.6))).toBe('fail');
    expect(verdictOf(labelled(4, 800, 0.6, 1))).toBe('pass');
  });

  it('say nothing where the truth of few rows is known, or of few of a class', () => {
    expect(verdictOf(labelled(5, 150, 0.9))).toBe('inconclusive');
    expect(verdictOf(labelled(6, 800, 0.95))).toBe('inconclusive');
    expect(verdictOf({ ...labelled(7, 800, 0.6), labels: new Float64Array(800).fill(Number.NaN) })).toBe(
      'inconclusive',
    );
    expect(learnOutcomes(new Float64Array(10).fill(Number.NaN), [], [])).toBeNull();
  });
});

describe('the loss, row by row', () => {
  const wrongIn = (share: number) => (seed: number, rows: number) => {
    const random = seededRandom(seed);
    const labels = Float64Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0));
    return {
      labels,
      scores: labels.map((label) => (random() < share ? 0.8 - 0.6 * label : 0.2 + 0.6 * label)),
    };
  };
  const play = (method: LossDetector, windows: readonly ReturnType<ReturnType<typeof wrongIn>>[]) => {
    const reference = learnLoss('classification', wrongIn(0.1)(1, 2000), method);
    if (reference === null) throw new Error('it alarms over the reference');
    let state: LossState = reference.state;
    return windows.map((rows) => {
      const told = judgeLoss('classification', reference, state, { ...rows, leastRows: 200 });
      state = JSON.parse(JSON.stringify(told.state)) as LossState;
      return told.verdict;
    });
  };
  const [well, ill] = [wrongIn(0.1), wrongIn(0.5)];

  it.each(['adwin', 'pageHinkley'] as const)('%s: has risen until it is what it was again', (method) => {
    const days = [well(2, 500), ill(3, 500), ill(4, 500), ill(5, 500), well(6, 500), well(7, 500)];
    expect(play(method, days)).toEqual(['pass', 'fail', 'fail', 'fail', 'pass', 'pass']);
  });

  it('comes to the same whether its windows are judged in one go or one by one', () => {
    const days = [well(2, 300), ill(3, 300), ill(4, 300)];
    const joined = (of: 'scores' | 'labels') => Float64Array.from(days.flatMap((day) => [...day[of]]));
    const whole = play('adwin', [{ scores: joined('scores'), labels: joined('labels') }]);
    expect(whole.at(-1)).toBe(play('adwin', days).at(-1));
  });

  it('says nothing of few rows, and goes on after them', () => {
    expect(play('adwin', [well(2, 500), ill(3, 50), well(4, 0), ill(5, 500)])).toEqual([
      'pass',
      'inconclusive',
      'inconclusive',
      'fail',
    ]);
  });

  it('is not watched where the detector alarms over the test rows, for few of them, and for tasks without a loss', () => {
    const [calm, storm] = [well(2, 1500), ill(3, 1500)];
    const rows = {
      scores: Float64Array.from([...calm.scores, ...storm.scores]),
      labels: Float64Array.from([...calm.labels, ...storm.labels]),
    };
    expect(learnLoss('classification', rows, 'adwin')).toBeNull();
    expect(learnLoss('classification', well(2, 100), 'adwin')).toBeNull();
    expect(learnLoss('clustering', calm, 'adwin')).toBeNull();
  });

  it('of a regression is the error in parts of what it was', () => {
    const normal = normals(seededRandom(5));
    const numbers = (error: number) => {
      const labels = Float64Array.from({ length: 2000 }, normal);
      return { labels, scores: labels.map((label) => label + error * normal()) };
    };
    const reference = learnLoss('regression', numbers(1), 'adwin');
    const of = (error: number) =>
      reference && judgeLoss('regression', reference, reference.state, { ...numbers(error), leastRows: 200 });
    expect(of(1)).toMatchObject({ verdict: 'pass', mean: expect.closeTo(0.25, 1) });
    expect(of(2)?.verdict).toBe('fail');
  });
});
