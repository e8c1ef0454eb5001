import type { z } from '@hono/zod-openapi';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { NewTriggerEvent } from '../../domain/ports/trigger-events.js';
import { printableLine } from '../../domain/printable.js';
import type { TriggerEvent } from '../../domain/triggers/trigger-event.js';
import type { Caller } from '../access/caller.js';
import type { GatewayDeps } from '../deps.js';
import type { alertSchema, notificationSchema, takenAlertsSchema } from '../shapes/alertmanager.js';
import { wakeLine } from './wake-workflow.js';

type Deps = Pick<GatewayDeps, 'audit' | 'client' | 'endpoints' | 'triggers'>;
type Alert = z.infer<typeof alertSchema>;

/** An alert of an endpoint that there is. */
interface KnownAlert {
  readonly alert: Alert;
  readonly endpoint: string;
  readonly model: string;
}

/**
 * Takes what Alertmanager tells of a project: an alert that fires is an event of the model of its endpoint, once however
 * often it is told; one that is over is written to the audit log beside it. All that can be taken is, before the rest is
 * refused. Errors: `ENDPOINT_NOT_FOUND` for alerts that name no endpoint of the project, `PART_UNAVAILABLE`.
 */
export async function takeAlerts(
  deps: Deps,
  project: string,
  { alerts, truncatedAlerts }: z.infer<typeof notificationSchema>,
  caller: Caller,
): Promise<z.infer<typeof takenAlertsSchema>> {
  const found = await Promise.all(alerts.map((alert) => placeOf(deps, project, alert)));
  const known = found.filter((one) => typeof one !== 'string');
  const firing = known.filter(({ alert }) => alert.status === 'firing');
  if (firing.length > 0) await deps.triggers.record(firing.map((one) => eventOf(project, one, caller)));
  const told = [];
  for (const { alert, endpoint, model } of known) {
    const event = await storedEvent(deps, project, model, alert);
    if (alert.status === 'resolved' && event !== undefined) await tellResolved(deps, event, alert, endpoint);
    told.push({ fingerprint: alert.fingerprint, endpoint, status: alert.status, event: event?.id ?? null });
  }
  for (const model of new Set(firing.map((one) => one.model)))
    await wakeLine(deps, { project, model }, 'the alerts are stored and looked at once Temporal is back');
  const unknown = found.filter((one) => typeof one === 'string');
  if (unknown.length > 0) throw notTaken(project, unknown, known.length);
  return { alerts: told, truncatedAlerts };
}

/** Where an alert belongs, or why it belongs nowhere. */
async function placeOf(deps: Deps, project: string, alert: Alert): Promise<KnownAlert | string> {
  const { alertname = 'without a name', endpoint, project: named = project } = alert.labels;
  const of = `alert ${JSON.stringify(printableLine(alertname).slice(0, 100))}`;
  if (named !== project) return `${of} is of project ${JSON.stringify(named.slice(0, 100))}`;
  if (endpoint === undefined) return `${of} has no label "endpoint"`;
  try {
    const { model, retiredAt } = await deps.endpoints.get({ project, endpoint });
    if (retiredAt === null) return { alert, endpoint, model };
    return `${of} names endpoint ${JSON.stringify(endpoint)}, which is retired`;
  } catch (error) {
    if (!(error instanceof RatchetError) || error.code !== 'ENDPOINT_NOT_FOUND') throw error;
    return `${of} names endpoint ${JSON.stringify(endpoint.slice(0, 100))}`;
  }
}

/** One that goes off anew begins anew. */
const keyOf = ({ fingerprint, startsAt }: Alert) =>
  `alarm:${fingerprint}@${new Date(startsAt).toISOString()}`;

function eventOf(
  project: string,
  { alert, endpoint, model }: KnownAlert,
  { account, kind }: Caller,
): NewTriggerEvent {
  const { alertname = 'alert', ...labels } = alert.labels;
  const { summary, description, value, limit } = alert.annotations;
  const rule = summary ?? description ?? labels['severity'] ?? alertname;
  return {
    ...{ project, model, kind: 'monitoring', key: keyOf(alert), by: kind === 'person' ? account : null },
    at: new Date(alert.startsAt).toISOString(),
    facts: {
      ...{ kind: 'monitoring', alarm: lineOf(alertname), rule: lineOf(rule) },
      ...{ value: numberOf(value), limit: numberOf(limit), endpoint },
    },
  };
}

const lineOf = (text: string): string => printableLine(text).slice(0, 200);

function numberOf(text: string | undefined): number | null {
  const value = Number(text === undefined || text.trim() === '' ? Number.NaN : text);
  return Number.isFinite(value) ? value : null;
}

async function storedEvent(
  { triggers }: Deps,
  project: string,
  model: string,
  alert: Alert,
): Promise<TriggerEvent | undefined> {
  const { events } = await triggers.list({ project, model, key: keyOf(alert), limit: 1 });
  return events[0];
}

async function tellResolved(
  { audit }: Deps,
  event: TriggerEvent,
  { fingerprint, labels }: Alert,
  endpoint: string,
): Promise<void> {
  const details = { event: event.id, endpoint, fingerprint, alarm: lineOf(labels['alertname'] ?? 'alert') };
  await audit.append({ action: 'alert.resolved', project: event.project, subject: event.model, details });
}

function notTaken(project: string, unknown: readonly string[], taken: number): RatchetError {
  const others = taken === 0 ? 'no other came' : `${taken} others are taken`;
  return new RatchetError(
    'ENDPOINT_NOT_FOUND',
    `${unknown.slice(0, 5).join('; ')}: allowed are endpoints of project "${project}"; ${others}`,
    { project, alerts: unknown.length },
  );
}
