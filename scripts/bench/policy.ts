import { judgeInThread } from '../../activities/policy/judge-in-thread.js';
import type { ModelConfig } from '../../domain/config/model.js';
import { policySchema } from '../../domain/config/policy.js';
import { metricCatalogue } from '../../domain/metrics/metric-catalogue.js';
import type { Metrics } from '../../domain/metrics/metric-value.js';
import { evaluationFacts } from '../../domain/policy/facts/evaluation-facts.js';
import type { PolicyFacts } from '../../domain/policy/facts/policy-facts.js';
import { judgePolicy, overallVerdict } from '../../domain/policy/judge-policy.js';
import { mergePolicies } from '../../domain/policy/merge-policies.js';
import { type BenchReport, quantile } from './figures.js';

const rules = 50;
const rounds = 30;
/** So many slices of each metric give more than 200 numbers beside those of the splits. */
const slices = 10;

const model = { evaluation: { task: 'classification' } } as ModelConfig;
const never = new AbortController().signal;

/** A policy of 50 rules, asked about more than 200 metrics: read, checked against the names there are, and run. */
export async function benchPolicy(): Promise<BenchReport> {
  const names = Object.keys(metricCatalogue).filter((name) => !name.startsWith('residual'));
  const metrics: Metrics = Object.fromEntries(
    names.map((name, at) => [
      name,
      { kind: 'value', value: 0.5 + at / 100, low: 0.4, high: 0.9, n: 1000 } as const,
    ]),
  );
  const split = { rows: 1000, unlabelled: 0, metrics, baseline: metrics };
  const facts = evaluationFacts({
    splits: { train: split, validation: split, test: split },
    slices: Array.from({ length: slices }, (_, at) => ({
      column: 'origin',
      value: `v${at}`,
      rows: 500,
      metrics,
    })),
  });
  const policy = mergePolicies(undefined, policySchema.parse({ version: 1, rules: rulesOf(names) }));
  const ms: number[] = [];
  let verdict = '';
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    verdict = overallVerdict([...judgePolicy(policy, { ...facts })]);
    ms.push(performance.now() - began);
  }
  const inThread = await timed(() => judgeInThread({ policy, facts: facts as PolicyFacts, model }, never));
  if (verdict !== 'pass') throw new Error(`the policy of the benchmark says ${verdict}`);
  return {
    name: 'policy',
    about: `a policy of ${rules} rules on ${names.length * (6 + slices)} metrics, in one thread, without its start`,
    figures: [
      { what: 'first time in a process', value: ms[0] ?? Number.NaN, unit: 'ms', limit: 500 },
      { what: 'all rules, p50', value: quantile(ms, 0.5), unit: 'ms', limit: 50 },
      { what: 'with a thread started for it, and ended', value: inThread, unit: 'ms' },
    ],
    notes: [],
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Comparisons of every kind, of single metrics, of differences, of gaps, and over all slices. */
function rulesOf(names: readonly string[]) {
  const shapes = [
    (name: string) => `metrics.test.${name}.value >= 0.1`,
    (name: string) =>
      `metrics.train.${name}.value - metrics.test.${name}.value <= 0.05 && metrics.test.${name}.n >= 100`,
    (name: string) => `gaps.origin.${name}.ratio >= 0.5`,
    (name: string) => `slices.all(s, s.metrics.${name}.value >= 0.1)`,
    (name: string) =>
      `metrics.test.${name}.value >= baseline.test.${name}.value || metrics.test.${name}.low > 0.1`,
  ];
  return Array.from({ length: rules }, (_, at) => ({
    name: `rule-${at}`,
    require: shapes[at % shapes.length]?.(names[at % names.length] ?? 'recall') ?? 'true',
  }));
}
