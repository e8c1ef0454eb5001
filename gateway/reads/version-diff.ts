import type { z } from '@hono/zod-openapi';
import { diffDatasets } from '../../domain/lineage/diff-datasets.js';
import type { EvaluationReport } from '../../domain/lineage/evaluation-report.js';
import { metricDirections } from '../../domain/metrics/metric-catalogue.js';
import type { Metrics } from '../../domain/metrics/metric-value.js';
import type { ModelVersionRecord } from '../../domain/ports/models.js';
import type { GatewayDeps } from '../deps.js';
import type { versionDiffSchema } from '../shapes/champions.js';
import { manifestOf } from './dataset-detail.js';

type Diff = z.infer<typeof versionDiffSchema>;
type Change = Diff['changes'][number];
type Value = string | number | null;
type Facts = Readonly<Record<string, Value>>;

/** What differs between two versions of a model; all that the second has where there is no first. */
export async function versionDiff(
  deps: GatewayDeps,
  from: ModelVersionRecord | undefined,
  to: ModelVersionRecord,
): Promise<Diff> {
  const [before, after, data] = await Promise.all([
    from && reportOf(deps, from),
    reportOf(deps, to),
    from ? dataChanges(deps, from, to) : [],
  ]);
  return {
    project: to.project,
    model: to.model,
    from: from?.version ?? null,
    to: to.version,
    changes: [
      ...changes('code', from && { commit: from.commit }, { commit: to.commit }),
      ...changes('configuration', from && configurationFacts(from), configurationFacts(to)),
      ...data,
      ...changes('metrics', before && testFacts(before), testFacts(after)),
      ...changes('slices', before && sliceFacts(before), sliceFacts(after)),
      ...changes('interface', from && interfaceFacts(from), interfaceFacts(to)),
    ],
  };
}

async function reportOf(deps: GatewayDeps, { evaluationId }: ModelVersionRecord): Promise<EvaluationReport> {
  const { report } = await deps.registry.evaluation(evaluationId);
  return (await deps.blobs.getJson(report)) as EvaluationReport;
}

async function dataChanges(
  deps: GatewayDeps,
  from: ModelVersionRecord,
  to: ModelVersionRecord,
): Promise<Change[]> {
  const [before, after] = await Promise.all(
    [from, to].map(({ project, dataset }) =>
      deps.datasets.get(project, dataset.name, String(dataset.version)).then((row) => manifestOf(deps, row)),
    ),
  );
  if (before === undefined || after === undefined) return [];
  const versions = (row: ModelVersionRecord) => ({ dataset: `${row.dataset.name}@${row.dataset.version}` });
  return [
    ...changes('data', versions(from), versions(to)),
    ...diffDatasets(before, after).map((change) => ({ ...change, part: 'data' as const, ...noMetric })),
  ];
}

const configurationFacts = (row: ModelVersionRecord): Facts => ({
  algorithm: row.algorithm,
  configuration: row.configurationDigest,
  environment: row.environmentDigest,
  isolation: row.isolationTier,
  ...Object.fromEntries(row.features.map(({ name, version }) => [`feature view ${name}: version`, version])),
});

const testFacts = ({ evaluation }: EvaluationReport): Facts => ({
  rows: evaluation.splits.test.rows,
  ...numbersOf(evaluation.splits.test.metrics),
});

function sliceFacts({ evaluation }: EvaluationReport): Facts {
  return Object.fromEntries(
    evaluation.slices.flatMap(({ column, value, metrics }) =>
      Object.entries(numbersOf(metrics)).map(([name, number]) => [`${column} = ${value}: ${name}`, number]),
    ),
  );
}

function interfaceFacts({ interface: { inputs, outputs } }: ModelVersionRecord): Facts {
  return Object.fromEntries(
    [
      ...inputs.map((tensor) => ['input', tensor] as const),
      ...outputs.map((tensor) => ['output', tensor] as const),
    ].map(([side, { name, type, shape }]) => [`${side} ${name}`, `${type}[${shape.join(', ')}]`]),
  );
}

/** A metric without a value says why in its place. */
const numbersOf = (metrics: Metrics): Facts =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => [
      name,
      metric.kind === 'value' ? metric.value : metric.reason,
    ]),
  );

const noMetric = { metric: null, better: null } as const;

function changes(part: Change['part'], before: Facts | undefined, after: Facts): Change[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].flatMap((what) => {
    const [from, to] = [before?.[what] ?? null, after[what] ?? null];
    if (from === to) return [];
    const metric = metricOf(part, what);
    const judged = metric === null ? noMetric : { metric, better: betterOf(metric, from, to) };
    return [{ part, what, from, to, ...judged }];
  });
}

function metricOf(part: Change['part'], what: string): string | null {
  if (part !== 'metrics' && part !== 'slices') return null;
  return what.slice(what.lastIndexOf(': ') + 1).trim();
}

function betterOf(metric: string, from: Value, to: Value): Change['better'] {
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  const directions: Readonly<Record<string, string>> = metricDirections;
  const direction = Object.hasOwn(directions, metric) ? directions[metric] : undefined;
  if (direction !== 'higher' && direction !== 'lower') return null;
  return to > from === (direction === 'higher') ? 'to' : 'from';
}
