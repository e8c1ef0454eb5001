import type { z } from '@hono/zod-openapi';
import { incidentCourses } from '../../domain/monitoring/incident-kinds.js';
import { watchLines } from '../../domain/monitoring/window-evidence.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { IncidentRecord, JudgedWindow, TrafficProgress } from '../../domain/ports/watches.js';
import type { GatewayDeps } from '../deps.js';
import { asJsonObject } from '../http/json.js';
import type {
  incidentDetailSchema,
  incidentListQuery,
  incidentPageSchema,
  incidentSchema,
  monitoringSchema,
} from '../shapes/incidents.js';
import { recentTraffic } from './endpoint-traffic.js';
import { requireKnown } from './require-known.js';

type Deps = Pick<GatewayDeps, 'endpoints' | 'servedMinutes' | 'traffic' | 'triggers' | 'watches'>;
type Plain = z.infer<typeof incidentSchema>;

/** Errors: `REQUEST_INVALID` for a cursor of another listing, `PROJECT_NOT_FOUND`. */
export async function incidentPage(
  deps: GatewayDeps,
  { project, endpoint, open, limit, after }: z.infer<typeof incidentListQuery>,
  /** Of which projects; null for all. */
  readable: readonly string[] | null,
): Promise<z.infer<typeof incidentPageSchema>> {
  const projects = project === undefined ? readable : [project];
  const { incidents, next } = await deps.watches.incidents({
    ...(projects === null ? {} : { projects }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(open === undefined ? {} : { isOpen: open === 'true' }),
    ...(limit === undefined ? {} : { limit }),
    ...(after === undefined ? {} : { after }),
  });
  if (incidents.length === 0) await requireKnown(deps, { project, model: undefined });
  return { incidents: await Promise.all(incidents.map((incident) => plainIncident(deps, incident))), next };
}

/** Error: `NOT_FOUND`. */
export async function incidentDetail(deps: Deps, id: string): Promise<z.infer<typeof incidentDetailSchema>> {
  return detailOf(deps, await deps.watches.incident(id));
}

export async function detailOf(
  deps: Deps,
  incident: IncidentRecord,
): Promise<z.infer<typeof incidentDetailSchema>> {
  const { sights, quietWindows, kind } = incident;
  return {
    ...(await plainIncident(deps, incident)),
    sights: sights.map(({ columns, ...sight }) => ({ ...sight, columns: [...columns] })),
    quietWindows,
    words: incidentCourses[kind].words,
  };
}

async function plainIncident(deps: Deps, incident: IncidentRecord): Promise<Plain> {
  const { sights: _, quietWindows: __, asksForRun: ___, ...told } = incident;
  const { routes, blocksRetraining } = incidentCourses[incident.kind];
  return { ...told, routedTo: [...routes], blocksRetraining, run: await runOf(deps, incident) };
}

/** What became of the event that an incident asked for a run with. */
export async function runOf({ triggers }: Deps, { id, project, model, asksForRun }: IncidentRecord) {
  if (!asksForRun) return null;
  const { events } = await triggers.list({ project, model, key: `incident:${id}`, limit: 1 });
  const [event] = events;
  if (event === undefined) return null;
  const none = { event: event.id, runId: null, rule: null, reason: null };
  if (event.outcome === null) return none;
  if (event.outcome.kind !== 'suppressed') return { ...none, runId: event.outcome.runId };
  return { ...none, rule: event.outcome.rule, reason: event.outcome.reason };
}

/** Windows of a line that are told at once. */
const mostWindows = 60;
/** Rows of a version that are counted: whoever looks waits for it. */
const mostCounted = 100_000;

/** Error: `ENDPOINT_NOT_FOUND`. */
export async function endpointMonitoring(
  deps: Deps,
  name: EndpointName,
  now: string,
): Promise<z.infer<typeof monitoringSchema>> {
  const { project, endpoint } = name;
  await deps.endpoints.get(name);
  const [watch, progress, recent, open, silences, lines] = await Promise.all([
    deps.watches.get(name),
    deps.traffic.progress(name),
    recentTraffic(deps, name, now),
    deps.watches.openIncidents(name),
    deps.watches.silences(name, now),
    Promise.all(watchLines.map((line) => deps.watches.windows(name, line, { limit: mostWindows }))),
  ]);
  const [inputs = [], truth = []] = lines.map((windows) => windows.map(plainWindow));
  return {
    ...{ project, endpoint, progress: progress ?? null, ...recent, inputs, truth },
    config: watch === undefined ? null : asJsonObject(watch.config),
    unjudged: await unjudgedTraffic(deps, name, progress, inputs[0]?.to),
    incidents: await Promise.all(open.map((incident) => plainIncident(deps, incident))),
    silences: [...silences],
  };
}

/** What came after the newest judged window of inputs. */
async function unjudgedTraffic(
  { traffic }: Deps,
  name: EndpointName,
  progress: TrafficProgress | undefined,
  judgedTo: string | undefined,
) {
  if (progress === undefined) return null;
  const from = judgedTo ?? progress.oldestEventAt;
  const to = new Date(Date.parse(progress.newestEventAt) + 1).toISOString();
  if (to <= from) return null;
  const shares = await traffic.countUpTo(name, { from, to }, mostCounted);
  const versions = shares.map(({ model, version, rows, isMore }) => ({ model, version, rows, isMore }));
  return { from, to, versions };
}

function plainWindow({
  line,
  from,
  to,
  modelVersion,
  rows,
  verdict,
  verdicts,
  numbers,
  judgedAt,
}: JudgedWindow) {
  return {
    line,
    from,
    to,
    modelVersion,
    rows,
    verdict,
    verdicts: { ...verdicts },
    numbers: { ...numbers },
    judgedAt,
  };
}
