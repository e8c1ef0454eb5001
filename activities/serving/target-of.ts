import { log } from '@temporalio/activity';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type {
  DeploymentTarget,
  EndpointName,
  ObservedEndpoint,
  TargetKind,
} from '../../domain/ports/deployment-target.js';
import type { Targets } from './deps.js';

/** The target of a kind. Error: `PART_MISSING` where this worker has no agent of it. */
export function targetOf(targets: Targets, kind: TargetKind): DeploymentTarget {
  const found = targets[kind];
  if (found !== undefined) return found;
  const known = Object.keys(targets).join(', ') || 'none';
  throw new RatchetError('PART_MISSING', `this serving worker has no target ${kind}; it has ${known}`);
}

/**
 * Targets that keep something of the endpoint running. One whose agent does not answer does not hold up an endpoint that
 * belongs on another: what it may have of it, it is looked at for again by the schedule. Error: `PART_UNAVAILABLE` of the
 * endpoint's own; without one, of any.
 */
export async function targetsWith(
  targets: Targets,
  name: EndpointName,
  own?: TargetKind,
): Promise<readonly DeploymentTarget[]> {
  const found: DeploymentTarget[] = [];
  for (const target of Object.values(targets)) {
    const observed = await observeWithin(target, name, own);
    if (observed !== null && (observed.revision !== null || observed.replicas.length > 0)) found.push(target);
  }
  return found;
}

/** Null where the agent of another target than the endpoint's own does not answer. */
export async function observeWithin(
  target: DeploymentTarget,
  name: EndpointName,
  own: TargetKind | undefined,
): Promise<ObservedEndpoint | null> {
  try {
    return await target.observe(name);
  } catch (error) {
    const isAway = error instanceof RatchetError && error.code === 'PART_UNAVAILABLE';
    if (!isAway || own === undefined || target.kind === own) throw error;
    log.warn(`target ${target.kind} is not asked what it has of the endpoint: ${error.message}`, { ...name });
    return null;
  }
}
