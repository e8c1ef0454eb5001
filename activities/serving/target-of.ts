import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DeploymentTarget, EndpointName, TargetKind } from '../../domain/ports/deployment-target.js';
import type { Targets } from './deps.js';

/** The target of a kind. Error: `PART_MISSING` where this worker has no agent of it. */
export function targetOf(targets: Targets, kind: TargetKind): DeploymentTarget {
  const found = targets[kind];
  if (found !== undefined) return found;
  const known = Object.keys(targets).join(', ') || 'none';
  throw new RatchetError('PART_MISSING', `this serving worker has no target ${kind}; it has ${known}`);
}

/** Targets that keep something of the endpoint running. */
export async function targetsWith(
  targets: Targets,
  name: EndpointName,
): Promise<readonly DeploymentTarget[]> {
  const found: DeploymentTarget[] = [];
  for (const target of Object.values(targets)) {
    const { revision, replicas } = await target.observe(name);
    if (revision !== null || replicas.length > 0) found.push(target);
  }
  return found;
}
