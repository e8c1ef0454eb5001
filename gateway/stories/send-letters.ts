import { randomUUID } from 'node:crypto';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { GatewayDeps } from '../deps.js';
import { wakeNotifications } from './wake-workflow.js';

type Deps = Pick<GatewayDeps, 'client' | 'outbox' | 'projects'>;

/** Dead letters go out again; how many. Errors: `PROJECT_NOT_FOUND`, `PART_UNAVAILABLE`. */
export async function redriveLetters(deps: Deps, project: string): Promise<number> {
  await deps.projects.get(project);
  const letters = await deps.outbox.redrive(project);
  if (letters > 0) await wakeNotifications(deps, `${letters} letters go out once Temporal is back`);
  return letters;
}

/**
 * Tells every target of a project that it can be told. Errors: `PROJECT_NOT_FOUND`, `CONFLICT` where there is none,
 * `PART_UNAVAILABLE`.
 */
export async function sendTestNotice(deps: Deps, project: string, by: string) {
  const { config } = await deps.projects.get(project);
  const targets = Object.keys(config.notifications);
  if (targets.length === 0)
    throw new RatchetError(
      'CONFLICT',
      `project ${project} tells nobody: ratchet.project.yaml has no "notifications"`,
      { project },
    );
  const key = `test:${randomUUID()}`;
  await deps.outbox.put(
    {
      ...{ key, project, model: null, kind: 'test', to: [by], commit: null, state: 'success', runId: null },
      title: `A test of the notifications of ${project}`,
      lines: [`${by} asked for it. There is nothing to do.`],
      at: new Date().toISOString(),
    },
    targets,
  );
  await wakeNotifications(deps, `the letters of ${key} are stored and go out once Temporal is back`);
  return { key, targets };
}
