import type { EndpointName, TargetKind } from '../../domain/ports/deployment-target.js';
import type { RevisionRecord } from '../../domain/ports/endpoints.js';
import type { DeployDeps } from './deps.js';
import { liveRevision, makeWanted } from './live-revision.js';
import { observeWithin, targetOf } from './target-of.js';

export interface RestoreRevisionInput extends EndpointName {
  readonly releaseId: string;
  readonly round: number;
  /** Where the revision was brought to life that did not do well. */
  readonly target: TargetKind;
}

/**
 * Brings the revision back that is live by the record, after another was tried. Where none is, or where it runs on
 * another target, what was tried ends. Returns the revision that answers. Errors: those of the target.
 */
export async function restoreRevision(
  deps: Pick<DeployDeps, 'endpoints' | 'targets'>,
  { project, endpoint, target: kind }: RestoreRevisionInput,
  signal: AbortSignal,
): Promise<string | null> {
  const name = { project, endpoint };
  const live = await liveRevision(deps.endpoints, name);
  const target = targetOf(deps.targets, kind);
  if (live === undefined) {
    await target.remove(name, signal);
    return null;
  }
  const wanted = await makeWanted(deps.endpoints, live.wanted, live.releaseId);
  if (await answersElsewhere(deps, live, kind)) await target.remove(name, signal);
  else await target.deploy(wanted, signal);
  return live.revision;
}

async function answersElsewhere(
  { targets }: Pick<DeployDeps, 'targets'>,
  live: RevisionRecord,
  kind: TargetKind,
): Promise<boolean> {
  const name = { project: live.project, endpoint: live.endpoint };
  for (const other of Object.values(targets)) {
    if (other.kind === kind) continue;
    const observed = await observeWithin(other, name, kind);
    if (observed?.revision === live.revision) return true;
  }
  return false;
}
