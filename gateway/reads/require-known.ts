import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import type { GatewayDeps } from '../deps.js';

/** What a list was narrowed to. */
interface Narrowed {
  readonly project?: string | undefined;
  readonly model?: string | undefined;
}

/**
 * An empty list of what is not there is a wrong name, not an empty list. To be asked after the list came back empty: a
 * model that a project no longer names may still have runs and versions. Errors: `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`.
 */
export async function requireKnown(
  deps: Pick<GatewayDeps, 'projects'>,
  { project, model }: Narrowed,
): Promise<void> {
  if (project === undefined) return;
  const found = await deps.projects.get(project);
  if (model !== undefined) requireModel(found, model);
}

/** Error: `MODEL_NOT_FOUND`, with those that there are. */
export function requireModel({ name, config }: ProjectRecord, model: string): void {
  const known = config.models.map((entry) => entry.name);
  if (known.includes(model)) return;
  throw new RatchetError(
    'MODEL_NOT_FOUND',
    `project ${name} has no model "${model}"; it has ${known.join(', ') || 'none'}`,
    { known },
  );
}
