import { answered } from '../../cli/open-client.js';
import { factsText } from '../../domain/triggers/facts-text.js';
import type { Demo } from './demo.js';
import type { Summary } from './summary.js';

/** More than a demo has of anything. */
const limit = 200;

export async function deliveriesOf({ client, project }: Demo): Promise<Summary['deliveries']> {
  const params = { path: { project }, query: { limit } };
  const found = await answered(client.GET('/api/v1/projects/{project}/deliveries', { params }));
  return found.deliveries.toReversed().map(({ id, what, status, result }) => ({ id, what, status, result }));
}

export async function eventsOf({ client, project }: Demo): Promise<Summary['events']> {
  const { events } = await answered(
    client.GET('/api/v1/triggers', { params: { query: { project, limit } } }),
  );
  return events.toReversed().map(({ id, model, kind, facts, outcome }) => ({
    id,
    model,
    kind,
    about: factsText(facts),
    outcome: outcome?.kind ?? null,
    runId: outcome?.runId ?? null,
  }));
}

export async function lettersOf({ client, project }: Demo): Promise<Summary['letters']> {
  const { letters } = await answered(
    client.GET('/api/v1/letters', { params: { query: { project, limit } } }),
  );
  return Promise.all(
    letters.toReversed().map(async ({ id, kind, model, runId, title, status, attempts }) => {
      const { to } = await answered(client.GET('/api/v1/letters/{id}', { params: { path: { id } } }));
      return { id, kind, model, runId, title, to, status, attempts };
    }),
  );
}
