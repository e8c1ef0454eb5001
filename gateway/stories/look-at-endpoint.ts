import type { EndpointLook, LookAtEndpointInput } from '../../domain/lifecycle/look-at-endpoint.js';
import { workflowIds } from '../../domain/names.js';
import type { GatewayDeps } from '../deps.js';
import { runStory } from './run-story.js';

const patienceMs = 10_000;

/** What the target of an endpoint says. Errors: those of the story, such as `PART_UNAVAILABLE` without a serving worker. */
export async function lookAtEndpoint(
  { client }: Pick<GatewayDeps, 'client'>,
  input: LookAtEndpointInput,
): Promise<EndpointLook> {
  const { project, endpoint, logLines } = input;
  // Who asks for another number of lines at once does not get those of the first.
  const base = workflowIds.lookAtEndpoint(project, endpoint, logLines === null ? 'state' : 'log');
  const workflowId = logLines === null ? base : `${base}-${logLines}`;
  return runStory(client, 'lookAtEndpoint', { workflowId, input, patienceMs });
}

/** The newest lines of what runs; none of what never did. Errors: `ENDPOINT_NOT_FOUND`, and as above. */
export async function readEndpointLog(
  deps: Pick<GatewayDeps, 'blobs' | 'client' | 'endpoints'>,
  input: LookAtEndpointInput & { readonly logLines: number },
): Promise<readonly string[]> {
  const { project, endpoint } = await deps.endpoints.get(input);
  if ((await deps.endpoints.wanted({ project, endpoint })) === undefined) return [];
  const { log } = await lookAtEndpoint(deps, input);
  const lines = log === null ? [] : await deps.blobs.getJson(log);
  return Array.isArray(lines) ? lines.map(String) : [];
}
