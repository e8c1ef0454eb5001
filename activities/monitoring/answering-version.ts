import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { MonitorWindow } from '../../domain/monitoring/window.js';
import type { EndpointName } from '../../domain/ports/deployment-target.js';
import type { ServedShare } from '../../domain/ports/watches.js';
import type { WatchDeps } from './deps.js';
import type { WatchedVersion } from './reference-of.js';
import { watchedVersion } from './watched-version.js';

export interface AnsweredWindow {
  readonly version: WatchedVersion;
  /** Of all versions. */
  readonly rows: number;
}

/** The version that answered most of a window; where none did, the one that is live. Error: `NOT_FOUND` where none was ever. */
export async function answeringVersion(
  deps: WatchDeps,
  name: EndpointName,
  window: MonitorWindow,
): Promise<AnsweredWindow> {
  const shares = await deps.traffic.versions(name, window);
  const rows = shares.reduce((sum, share) => sum + share.rows, 0);
  return { version: await versionOf(deps, name, shares), rows };
}

async function versionOf(
  deps: WatchDeps,
  name: EndpointName,
  shares: readonly ServedShare[],
): Promise<WatchedVersion> {
  const { project, endpoint } = name;
  const { model } = await deps.endpoints.get(name);
  const most = shares.find((share) => share.project === project && share.model === model);
  if (most !== undefined) return watchedVersion(deps, { project, model, version: most.version });
  const live = await deps.endpoints.liveAt(name, deps.now());
  if (live === undefined)
    throw new RatchetError('NOT_FOUND', `nothing is live at endpoint "${endpoint}" of project "${project}"`, {
      project,
      endpoint,
    });
  return watchedVersion(deps, { project, model, version: String(live.modelVersion) });
}
