import type { components } from '../../../cli/generated/api.js';
import { answered } from '../../../cli/open-client.js';
import type { Demo } from '../demo.js';
import { endpointName } from '../endpoint.js';
import { until } from '../until.js';

type Monitoring = components['schemas']['Monitoring'];
type Incident = components['schemas']['Incident'];

/** What the watch of the endpoint has judged, and found. */
async function monitoringOf({ client, project }: Demo): Promise<Monitoring> {
  const params = { path: { project, endpoint: endpointName } };
  return await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}/monitoring', { params }));
}

/** Once the window of what turned out to be true is judged that ends at an instant, as 2013-04-29. */
export async function judgedTruthTo(demo: Demo, day: string): Promise<Monitoring> {
  return until(`the week of flights up to ${day} is judged`, async () => {
    const found = await monitoringOf(demo);
    return found.truth.some(({ to }) => to.startsWith(day)) ? found : undefined;
  });
}

/** Incidents of the endpoint, oldest first. */
export async function incidentsOf({ client, project }: Demo): Promise<readonly Incident[]> {
  const query = { project, endpoint: endpointName };
  const { incidents } = await answered(client.GET('/api/v1/incidents', { params: { query } }));
  return incidents.toReversed();
}

/**
 * The last day of the window with which each input counted as moved for the first time, by version: two windows in a row.
 */
export function firstVerdicts({ inputs }: Pick<Monitoring, 'inputs'>): Record<string, string> {
  const found: Record<string, string> = {};
  const windows = inputs.toReversed();
  for (const [at, window] of windows.entries()) {
    const before = windows[at - 1];
    if (before?.modelVersion !== window.modelVersion) continue;
    for (const [name, verdict] of Object.entries(window.verdicts)) {
      const key = `version ${window.modelVersion}, ${name.replace('column:', '')}`;
      const counts = name.startsWith('column:') && verdict === 'fail' && before.verdicts[name] === 'fail';
      if (counts) found[key] ??= new Date(Date.parse(window.to) - 1).toISOString().slice(0, 10);
    }
  }
  return found;
}
