import type { z } from '@hono/zod-openapi';
import type { WindowEvidence } from '../../domain/monitoring/window-evidence.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { JudgedWindow } from '../../domain/ports/watches.js';
import type { GatewayDeps } from '../deps.js';
import { monitoringReportPage } from '../pages/monitoring-report.js';
import type { monitoringReportSchema } from '../shapes/incidents.js';
import { recentHours } from './endpoint-traffic.js';
import { declaredValue } from './endpoint-value.js';
import { runOf } from './incidents.js';

type Deps = Pick<
  GatewayDeps,
  'blobs' | 'endpoints' | 'runs' | 'servedMinutes' | 'traffic' | 'triggers' | 'watches'
>;

const mostWindows = 60;
const mostIncidents = 50;

/** The last windows and incidents of an endpoint, as a page. Errors: `ENDPOINT_NOT_FOUND`, those of the blobs. */
export async function monitoringReport(
  deps: Deps,
  name: EndpointName,
  madeAt: string,
): Promise<z.infer<typeof monitoringReportSchema>> {
  const { project, endpoint } = name;
  await deps.endpoints.get(name);
  const [progress, hours, inputs, truth, found, value] = await Promise.all([
    deps.traffic.progress(name),
    recentHours(deps, name, madeAt),
    deps.watches.windows(name, 'inputs', { limit: mostWindows }),
    deps.watches.windows(name, 'truth', { limit: mostWindows }),
    deps.watches.incidents({ projects: [project], endpoint, limit: mostIncidents }),
    declaredValue(deps, name, madeAt),
  ]);
  const incidents = found.incidents.map(async (incident) => ({
    ...incident,
    run: runText(await runOf(deps, incident)),
  }));
  const whole = `${project}/${endpoint}`;
  const { html, charts } = monitoringReportPage({
    ...{ endpoint: whole, madeAt, progress: progress ?? null, hours },
    inputs: inputs.toReversed(),
    truth: truth.toReversed(),
    scores: await scoresOf(deps, inputs[0]),
    value,
    incidents: await Promise.all(incidents),
  });
  return { endpoint: whole, madeAt, html, charts: [...charts] };
}

/** A window that was judged before shares were kept has none. */
async function scoresOf({ blobs }: Deps, newest: JudgedWindow | undefined) {
  if (newest === undefined) return null;
  const evidence = (await blobs.getJson(newest.evidence)) as Partial<WindowEvidence>;
  return (evidence.line === 'inputs' && evidence.scores) || null;
}

function runText(run: Awaited<ReturnType<typeof runOf>>): string {
  if (run === null) return 'asks for none';
  if (run.runId !== null) return run.runId;
  return run.rule === null ? 'asked for' : `none, by ${run.rule}: ${run.reason}`;
}
