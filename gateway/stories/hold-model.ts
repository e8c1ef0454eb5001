import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { LineName } from '../../domain/lifecycle/handle-triggers.js';
import type { Hold } from '../../domain/ports/trigger-events.js';
import type { GatewayDeps } from '../deps.js';
import { requireModel } from '../reads/require-known.js';
import { wakeLine } from './wake-workflow.js';

type Deps = Pick<GatewayDeps, 'audit' | 'client' | 'projects' | 'triggers'>;
type Said = { readonly by: string; readonly reason: string };

/** No event starts a run of the model once this has answered. Errors: `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`. */
export async function holdModel(deps: Deps, at: LineName, said: Said): Promise<Hold> {
  requireModel(await deps.projects.get(at.project), at.model);
  return deps.triggers.hold({ ...at, ...said });
}

/**
 * Lets what waited begin. A model that its project no longer has is released too. Errors: `PROJECT_NOT_FOUND`, `CONFLICT`
 * where it is not held, `PART_UNAVAILABLE`.
 */
export async function releaseModel(deps: Deps, at: LineName, { by, reason }: Said): Promise<Hold> {
  const { project, model } = at;
  await deps.projects.get(project);
  const hold = await deps.triggers.release(at, by);
  // The chain has the hold and who ended it; why they did stands in no row.
  await deps.audit.append({ action: 'model.release-reason', project, subject: model, details: { reason } });
  await wakeLine(deps, at, `${project}/${model} is released; its events are looked at once Temporal is back`);
  return hold;
}

/**
 * Stops the run that is announced; how many events asked for it. Errors: `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`,
 * `CONFLICT` where none is announced.
 */
export async function vetoRun(deps: Deps, at: LineName, { by, reason }: Said): Promise<number> {
  requireModel(await deps.projects.get(at.project), at.model);
  const events = await deps.triggers.veto(at, by, reason);
  if (events > 0) return events;
  throw new RatchetError(
    'CONFLICT',
    `no run of ${at.project}/${at.model} is announced; what is held up or runs: ratchet trigger list ${at.project}/${at.model}`,
  );
}
