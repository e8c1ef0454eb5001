import { canonicalText } from '../../domain/canonical-text.js';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import { filterEvent } from '../../domain/policy/filter-event.js';
import type { Delivery, DeliveryContent } from '../../domain/ports/deliveries.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { NewTriggerEvent } from '../../domain/ports/trigger-events.js';
import type { TriggerDeps } from './deps.js';

type Custom = Extract<DeliveryContent, { kind: 'event' }>;

/** More is not kept with the event; the delivery has it. */
const mostPayloadBytes = 4096;

/**
 * An event of somebody's program becomes one of each model that declares its name and lets it pass. The delivery is
 * finished with it. Answers the lines to wake.
 */
export async function recordCustomEvent(
  deps: Pick<TriggerDeps, 'deliveries' | 'lines' | 'triggers'>,
  delivery: Delivery,
  content: Custom,
): Promise<readonly LineName[]> {
  const { project } = delivery;
  const listening = (await deps.lines.list(project)).filter(({ triggers }) =>
    Object.hasOwn(triggers.events, content.name),
  );
  if (listening.length === 0) {
    await deps.deliveries.finish(
      delivery,
      'ignored',
      `no model of ${project} declares the event "${content.name}"`,
    );
    return [];
  }
  const events = listening.map((line) => eventFor(line, delivery, content));
  await deps.triggers.record(events);
  const woken = events
    .filter(({ outcome }) => outcome === undefined)
    .map(({ model }) => ({ project, model }));
  const names = listening.map(({ model }) => model).join(', ');
  await deps.deliveries.finish(delivery, 'handled', `an event of ${names}`);
  return woken;
}

function eventFor(line: ModelLine, delivery: Delivery, content: Custom): NewTriggerEvent {
  const { name, source, id, at, payload } = content;
  const text = payload === undefined ? null : canonicalText(payload);
  const filter = line.triggers.events[name]?.filter;
  const passed =
    filter === undefined
      ? { passes: true, reason: '' }
      : filterEvent(filter, { event: { name, source, id, at }, payload });
  return {
    project: line.project,
    model: line.model,
    kind: 'event',
    key: `event:${delivery.id}`,
    by: null,
    at,
    facts: {
      kind: 'event',
      name,
      source,
      id,
      payload: text !== null && Buffer.byteLength(text) <= mostPayloadBytes ? text : null,
    },
    ...(passed.passes
      ? {}
      : { outcome: { kind: 'suppressed', rule: 'filter', reason: passed.reason } as const }),
  };
}
