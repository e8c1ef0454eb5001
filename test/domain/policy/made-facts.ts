import type { MetricFact, PolicyFacts } from '../../../domain/policy/facts/policy-facts.js';

export function metric(value: number, n = 5000): MetricFact {
  return { value, low: value - 0.01, high: value + 0.01, n };
}

/** Facts of a plain version without a champion; `changes` replace whole parts. */
export function madeFacts(changes: Partial<PolicyFacts> = {}): PolicyFacts {
  const metrics = {
    rocAuc: metric(0.7),
    recall: metric(0.5, 800),
    logLoss: metric(0.49),
    skill: metric(0.09),
  };
  const splits = { train: { ...metrics, rocAuc: metric(0.72) }, validation: metrics, test: metrics };
  return {
    metrics: splits,
    baseline: splits,
    slices: [
      { column: 'origin', value: 'EWR', rows: 900, metrics: { recall: metric(0.6, 300) } },
      { column: 'origin', value: 'LGA', rows: 700, metrics: { recall: metric(0.36, 210) } },
      { column: 'origin', value: 'XXX', rows: 3, metrics: { recall: { missing: 'too few: 3 rows' } } },
    ],
    gaps: {
      origin: {
        recall: {
          worst: 0.36,
          best: 0.6,
          ratio: 0.6,
          gap: 0.24,
          worstSlice: 'LGA',
          bestSlice: 'EWR',
          judged: 2,
          tooFew: 1,
          n: 210,
        },
      },
    },
    champion: { missing: 'there is no champion yet' },
    dataset: {
      name: 'late',
      version: 1,
      rows: { train: 40_000, validation: 10_000, test: 10_000, all: 60_000 },
      ageHours: 30,
      quarantine: { rows: 3, share: 0.001 },
    },
    drift: { missing: 'there is no champion yet' },
    model: { algorithm: 'a', task: 'classification', bytes: 4000, inputs: ['temp', 'carrier'] },
    purpose: {
      intendedUse: 'Tells which flights will probably be late.',
      prohibitedUses: ['Judging crews'],
      affectedGroups: ['passengers'],
      sensitiveColumns: [],
    },
    lineage: { commit: 'c', configuration: 'd', environment: 'e', dataset: 'f', model: 'm' },
    history: { version: 2, testLooks: 4 },
    isolation: { tier: 'uid', rank: 1 },
    associations: { missing: 'no policy forbids a column' },
    ...changes,
  };
}
