import type { z } from '@hono/zod-openapi';
import { valueText } from '../../domain/config/value-text.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { metricDirections } from '../../domain/metrics/metric-catalogue.js';
import type { GatewayDeps } from '../deps.js';
import { type comparisonSchema, runId } from '../shapes/runs.js';
import { digestFacts, type Facts, plannedFacts } from './compared-facts.js';

type Comparison = z.infer<typeof comparisonSchema>;
type Better = Comparison['differences'][number]['better'];

const fewest = 2;
const most = 20;

/** What differs between runs, a row a thing: code, data, configuration, digests that steps depend on, and the final numbers. */
export async function compareRuns(deps: GatewayDeps, ids: string): Promise<Comparison> {
  const runs = await Promise.all(wantedIds(ids).map((id) => deps.runs.get(id)));
  const columns = await Promise.all(
    runs.map(async (run) => ({
      facts: {
        model: `${run.project}/${run.model}`,
        variant: run.variant,
        ref: run.ref,
        commit: run.commit,
        status: run.status,
        ...(await plannedFacts(deps, run.id)),
        ...(await digestFacts(deps, run.id)),
      } satisfies Facts,
      scores: await deps.runs.scores(run.id),
    })),
  );
  return {
    runs: runs.map(({ id, project, model, variant, status, commit }) => ({
      id,
      project,
      model,
      variant,
      status,
      commit,
    })),
    differences: [
      ...rows(
        columns.map(({ facts }) => facts),
        () => null,
      ),
      ...rows(
        columns.map(({ scores }) => scores),
        betterOf,
      ),
    ],
  };
}

function wantedIds(ids: string): readonly string[] {
  const wanted = [...new Set(ids.split(',').map((id) => id.trim()))];
  const wrong = wanted.filter((id) => !runId.safeParse(id).success);
  const problems = wrong.map((id) => `query.ids has ${valueText(id)}: allowed is a UUID in lower case`);
  if (wanted.length < fewest || wanted.length > most) {
    problems.unshift(
      `query.ids has ${wanted.length} different runs: a comparison takes ${fewest} to ${most}`,
    );
  }
  if (problems.length > 0) throw new RatchetError('REQUEST_INVALID', problems.join('; '), { problems });
  return wanted;
}

/** Null for a metric that only describes, or that is not of the catalogue. */
function betterOf(metric: string): Better {
  const directions: Readonly<Record<string, string>> = metricDirections;
  const direction = Object.hasOwn(directions, metric) ? directions[metric] : undefined;
  return direction === 'higher' || direction === 'lower' ? direction : null;
}

function rows(columns: readonly Facts[], better: (what: string) => Better): Comparison['differences'] {
  const names = [...new Set(columns.flatMap((column) => Object.keys(column)))];
  return names
    .map((what) => ({ what, values: columns.map((column) => column[what] ?? null), better: better(what) }))
    .filter(({ values }) => new Set(values).size > 1);
}
