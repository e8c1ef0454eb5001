import { createHash, randomUUID } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import type { NewTriggerEvent } from '../../domain/ports/trigger-events.js';
import type { TriggerEvent } from '../../domain/triggers/trigger-event.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import { requireModel } from '../reads/require-known.js';
import type { alarmSchema } from '../shapes/triggers.js';
import { wakeLine } from './wake-workflow.js';

type Deps = Pick<GatewayDeps, 'client' | 'projects' | 'triggers'>;

/**
 * Asks for a run as a person does. The same key again is the same event. Errors: `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`,
 * `CONFLICT` where the key came before with another reason, `PART_UNAVAILABLE`.
 */
export async function fireTrigger(
  deps: Deps,
  at: LineName,
  asked: { readonly by: string; readonly reason: string | undefined; readonly key: string | undefined },
): Promise<TriggerEvent> {
  const { by, reason = null, key = randomUUID() } = asked;
  const event = await recordEvent(deps, {
    ...{ ...at, kind: 'manual', key: `manual:${key}`, by, at: new Date().toISOString() },
    facts: { kind: 'manual', reason },
  });
  if (event.facts.kind === 'manual' && event.facts.reason === reason) return event;
  throw new RatchetError('CONFLICT', 'the idempotency key came before with another reason');
}

/**
 * Takes an alarm of the monitoring. The same id again is counted and changes nothing. A person who sends one is named, as
 * of what comes of it they are an author. Errors as of `fireTrigger`.
 */
export async function recordAlarm(
  deps: Deps,
  line: LineName,
  sent: z.infer<typeof alarmSchema>,
  { account, kind }: Caller,
): Promise<TriggerEvent> {
  const { alarm, rule, value = null, limit = null, endpoint = null } = sent;
  const at = new Date(sent.at ?? Date.now()).toISOString();
  const id =
    sent.id ??
    createHash('sha256')
      .update(JSON.stringify([alarm, at]))
      .digest('hex');
  return recordEvent(deps, {
    ...{ ...line, kind: 'monitoring', key: `alarm:${id}`, by: kind === 'person' ? account : null, at },
    facts: { kind: 'monitoring', alarm, rule, value, limit, endpoint },
  });
}

/** The row first, then the message: if the second fails, the line finds the row later. */
async function recordEvent(deps: Deps, event: NewTriggerEvent): Promise<TriggerEvent> {
  const { project, model, key } = event;
  requireModel(await deps.projects.get(project), model);
  await deps.triggers.record([event]);
  const { events } = await deps.triggers.list({ project, model, key, limit: 1 });
  const [stored] = events;
  if (stored === undefined)
    throw new RatchetError('INTERNAL', `event ${key} is not there after it was stored`);
  if (stored.outcome === null)
    await wakeLine(deps, event, `event ${stored.id} is stored and looked at once Temporal is back`);
  return stored;
}
