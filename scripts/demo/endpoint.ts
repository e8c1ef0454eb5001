import type { components } from '../../cli/generated/api.js';
import { answered } from '../../cli/open-client.js';
import type { Demo } from './demo.js';
import { until } from './until.js';

export const endpointName = 'late-arrival';

type Detail = components['schemas']['EndpointDetail'];

/** The endpoint as the API tells it. */
export async function endpointOf({ client, project }: Demo): Promise<Detail> {
  const path = { project, endpoint: endpointName };
  return await answered(client.GET('/api/v1/endpoints/{project}/{endpoint}', { params: { path } }));
}

/** The newest release that is called so, such as `champion-1-...` or `push-...`. */
export async function releaseCalled({ client, project }: Demo, beginning: string): Promise<string> {
  return until(`a release ${beginning} of ${endpointName}`, async () => {
    const query = { project, endpoint: endpointName };
    const { releases } = await answered(client.GET('/api/v1/releases', { params: { query } }));
    return releases.find(({ id }) => id.startsWith(`${project}.${endpointName}.${beginning}`))?.id;
  });
}
