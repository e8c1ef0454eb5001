import { describe, expect, it } from 'vitest';
import { nextAdwin, startOfAdwin } from '../../../domain/concept/adwin.js';
import type { ConceptStep } from '../../../domain/concept/concept-step.js';
import { nextDdm, startOfDdm } from '../../../domain/concept/ddm.js';
import { nextPageHinkley, startOfPageHinkley } from '../../../domain/concept/page-hinkley.js';
import { seededRandom } from '../../../domain/stats/seeded-random.js';

interface Heard {
  readonly drifts: number[];
  readonly warnings: number[];
}

/** Feeds values one by one, the state sent through JSON each time; gives the places of the signals. */
function heard<State>(
  next: (state: State, value: number) => ConceptStep<State>,
  start: State,
  values: Iterable<number>,
): Heard {
  let state = start;
  let at = 0;
  const found: Heard = { drifts: [], warnings: [] };
  for (const value of values) {
    const step = next(JSON.parse(JSON.stringify(state)) as State, value);
    state = step.state;
    if (step.signal === 'drift') found.drifts.push(at);
    if (step.signal === 'warning') found.warnings.push(at);
    at += 1;
  }
  return found;
}

const detectors = {
  ddm: (values: Iterable<number>) => heard((state, value) => nextDdm(state, value), startOfDdm, values),
  adwin: (values: Iterable<number>) => heard((state, value) => nextAdwin(state, value), startOfAdwin, values),
  pageHinkley: (values: Iterable<number>) =>
    heard((state, value) => nextPageHinkley(state, value), startOfPageHinkley, values),
};

/** 1 where a model is wrong: at one rate, then at another. */
function errors(seed: number, before: number, rateBefore: number, after = 0, rateAfter = 0): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: before + after }, (_, at) =>
    random() < (at < before ? rateBefore : rateAfter) ? 1 : 0,
  );
}

describe.each(Object.entries(detectors))('the detector %s', (_, hear) => {
  it('finds a rise of the error rate from .2 to .5 within 400 values', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const { drifts } = hear(errors(seed, 1000, 0.2, 1000, 0.5));
      expect(drifts.some((at) => at >= 1000 && at < 1400)).toBe(true);
    }
  });

  it('says nothing over a constant stream, of errors or of none, nor over a single value', () => {
    for (const value of [0, 1, 0.3]) {
      const { drifts, warnings } = hear(new Array<number>(500).fill(value));
      expect([drifts, warnings]).toEqual([[], []]);
    }
    expect(hear([1]).drifts).toEqual([]);
  });

  it('refuses a value that is missing or infinite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => hear([value])).toThrow(`came ${value}`);
  });
});

describe('detectors of a drifting concept', () => {
  it.each([
    ['ddm', 0.05, 0.5],
    ['adwin', 0, 0.05],
    ['pageHinkley', 0, 0.05],
  ] as const)('alarm over a steady rate as often as their pages say: %s', (name, least, most) => {
    let alarms = 0;
    for (let seed = 0; seed < 40; seed += 1)
      if (detectors[name](errors(100 + seed, 1000, 0.2)).drifts.length > 0) alarms += 1;
    expect(alarms / 40).toBeGreaterThanOrEqual(least);
    expect(alarms / 40).toBeLessThanOrEqual(most);
  });

  it.each(['adwin', 'pageHinkley'] as const)('take a rate that falls as no drift: %s', (name) => {
    for (let seed = 0; seed < 10; seed += 1)
      expect(detectors[name](errors(seed, 1000, 0.5, 1000, 0.2)).drifts).toEqual([]);
  });

  it('warn before they alarm where the rise is slow', () => {
    const random = seededRandom(3);
    const slow = Array.from({ length: 4000 }, (_, at) => (random() < 0.1 + at / 8000 ? 1 : 0));
    const { warnings, drifts } = detectors.ddm(slow);
    expect(warnings[0]).toBeLessThan(drifts[0] ?? 0);
  });

  it('do not take the first error after none as drift, but three in a row', () => {
    const none = new Array<number>(100).fill(0);
    expect(detectors.ddm([...none, 1]).drifts).toEqual([]);
    expect(detectors.ddm([...none, 1, 1, 1]).drifts).toHaveLength(1);
  });

  it('start anew after a drift, and find the next', () => {
    const stream = [...errors(1, 1000, 0.1, 500, 0.4), ...errors(2, 500, 0.4, 600, 0.8)];
    for (const hear of [detectors.ddm, detectors.adwin]) {
      const { drifts } = hear(stream);
      expect(drifts.some((at) => at >= 1000 && at < 1300)).toBe(true);
      expect(drifts.some((at) => at >= 2000 && at < 2300)).toBe(true);
    }
  });

  it('keep a window whose size grows with the logarithm of the stream', () => {
    let state = startOfAdwin;
    for (const value of errors(5, 20_000, 0.3)) state = nextAdwin(state, value).state;
    expect(state.n).toBe(20_000);
    expect(state.mean).toBeCloseTo(0.3, 1);
    expect(state.levels.flat().length).toBeLessThan(6 * 15);
  });

  it('find a rise of a loss that is no share', () => {
    const random = seededRandom(2);
    const loss = Array.from({ length: 1000 }, (_, at) => (at < 500 ? 2 : 3) + random());
    const { drifts } = detectors.pageHinkley(loss);
    expect(drifts[0]).toBeGreaterThanOrEqual(500);
    expect(drifts[0]).toBeLessThan(620);
  });
});
