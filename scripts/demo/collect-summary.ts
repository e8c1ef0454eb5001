import { answered } from '../../cli/open-client.js';
import { factsText } from '../../domain/triggers/facts-text.js';
import { deliveriesOf, eventsOf, lettersOf } from './collect-triggers.js';
import type { Demo } from './demo.js';
import { type Summary, summarySchema } from './summary.js';
import { incidentsOf } from './traffic/watched.js';

/** What came of the demo, as the API tells it. */
export async function collectSummary(demo: Demo): Promise<Summary> {
  const { client, project } = demo;
  const [{ datasets }, { models }, ...runs] = await Promise.all([
    answered(client.GET('/api/v1/datasets', { params: { query: { project } } })),
    answered(client.GET('/api/v1/models', { params: { query: { project } } })),
    ...demo.runIds.map((id) => answered(client.GET('/api/v1/runs/{id}', { params: { path: { id } } }))),
  ]);
  return summarySchema.parse({
    runs: runs.map(({ id, model, status, reason, causes, steps }) => ({
      id,
      model,
      status,
      reason,
      causes: causes.map(({ kind, by, facts }) => ({
        kind,
        by: by ?? null,
        about: facts === undefined ? null : factsText(facts),
      })),
      steps: steps.map(({ name, status: stepStatus, ms }) => ({ name, status: stepStatus, ms })),
    })),
    datasets: datasets.map(({ name, version, digest, rows, quarantined }) => ({
      name,
      version,
      digest,
      rows,
      quarantined,
    })),
    models: models.map(({ model, version, digest, alias, dataset, commit, metrics }) => ({
      name: model,
      version,
      digest,
      alias,
      dataset: `${dataset.name}@${dataset.version}`,
      commit,
      metrics,
    })),
    approvals: await approvalsOf(demo),
    refusals: [...demo.refusals],
    deliveries: await deliveriesOf(demo),
    events: await eventsOf(demo),
    letters: await lettersOf(demo),
    incidents: (await incidentsOf(demo)).map(({ id, kind, endpoint, openedAt, routedTo, run, closedAt }) => ({
      ...{ id, kind, endpoint, openedAt, routedTo, closedAt },
      run: run?.runId ?? null,
    })),
    urls: demo.stack.urls,
    timingsMs: demo.timingsMs,
  });
}

/** Oldest first, with the votes that were counted and how they came. */
async function approvalsOf({ client, project }: Demo): Promise<Summary['approvals']> {
  const { approvals } = await answered(client.GET('/api/v1/approvals', { params: { query: { project } } }));
  const details = await Promise.all(
    approvals.toReversed().map(({ subject, round }) =>
      answered(
        client.GET('/api/v1/approvals/{project}/{subject}/{round}', {
          params: { path: { project, subject, round: String(round) } },
        }),
      ),
    ),
  );
  return details.map(({ subject, status, votes }) => ({
    subject,
    outcome: status,
    votes: votes.flatMap(({ approver, channel, decision }) =>
      channel === null ? [] : [{ approver, channel, decision }],
    ),
  }));
}
