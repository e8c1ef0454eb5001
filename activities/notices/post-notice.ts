import { targetsOf } from '../../domain/notices/targets-of.js';
import type { Notifier } from '../../domain/ports/notifier.js';
import type { Notice, Outbox } from '../../domain/ports/outbox.js';
import type { ProjectStore } from '../../domain/ports/projects.js';

export interface PostDeps {
  readonly notifier: Notifier;
  readonly outbox: Outbox;
  readonly projects: ProjectStore;
}

/**
 * Puts a notice into the outbox for the targets of its project that are to be told; where there is none it is said where
 * else people look. Idempotent by the notice's key. Returns the names of the targets.
 */
export async function postNotice(deps: PostDeps, notice: Notice): Promise<readonly string[]> {
  const { config } = await deps.projects.get(notice.project);
  const targets = targetsOf(notice, config.notifications);
  if (targets.length > 0) await deps.outbox.put(notice, targets);
  else {
    const { to, project, key, title } = notice;
    await deps.notifier.tell({ to, project, about: key, text: title });
  }
  return targets;
}
