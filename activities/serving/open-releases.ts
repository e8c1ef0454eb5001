import { workflowIds } from '../../domain/names.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { ReleaseRecord, ReleaseStore } from '../../domain/ports/releases.js';

/** Releases of an endpoint that have not ended. */
export async function openReleasesOf(
  releases: Pick<ReleaseStore, 'open'>,
  { project, endpoint }: EndpointName,
): Promise<readonly ReleaseRecord[]> {
  return (await releases.open()).filter(
    (release) => release.project === project && release.endpoint === endpoint,
  );
}

export function releaseWorkflow({
  project,
  endpoint,
  id,
}: Pick<ReleaseRecord, 'project' | 'endpoint' | 'id'>): string {
  return workflowIds.releaseServing(project, endpoint, id);
}
