import type { components } from '../../cli/generated/api.js';
import { answered } from '../../cli/open-client.js';
import type { CauseKind } from '../../domain/names.js';
import type { Demo } from './demo.js';
import { until } from './until.js';

type Event = components['schemas']['TriggerEventDetail'];

/** The newest event of a kind, once it has started a run of the model; the run is one of the demo from then on. */
export async function runStartedBy(
  { client, project, runIds }: Demo,
  kind: CauseKind,
  model: string,
): Promise<{ readonly event: Event; readonly runId: string }> {
  const query = { project, model, kind, limit: 1 };
  return until(`a run of ${project}/${model} by ${kind}`, async () => {
    const { events } = await answered(client.GET('/api/v1/triggers', { params: { query } }));
    const [event] = events;
    if (event?.outcome?.kind === 'suppressed')
      throw new Error(`event ${event.id} started no run: ${event.outcome.reason}`);
    const runId = event?.outcome?.runId ?? undefined;
    if (event === undefined || runId === undefined) return undefined;
    runIds.push(runId);
    return { event, runId };
  });
}
