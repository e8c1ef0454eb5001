import { type ScheduleHandle, ScheduleNotFoundError } from '@temporalio/client';
import type { ScheduleConfig } from '../../domain/config/triggers.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { workflowIds } from '../../domain/names.js';
import type { SchedulePause } from '../../domain/ports/schedules.js';
import type { ScheduleName } from '../../domain/triggers/slot-event.js';
import type { GatewayDeps } from '../deps.js';
import { notLost } from './wake-workflow.js';
import { withDeadline } from './with-deadline.js';

type Deps = Pick<GatewayDeps, 'audit' | 'client' | 'modelLines' | 'projects' | 'schedules'>;

const deadlineMs = 10_000;

export const scheduleId = ({ project, model, name }: ScheduleName) =>
  workflowIds.fireSchedule(project, model, name);

/**
 * As the tracked branch has it. Errors: `PROJECT_NOT_FOUND`, `MODEL_NOT_FOUND`, `NOT_FOUND` with those that there are.
 */
export async function requireSchedule(
  { modelLines, projects }: Pick<Deps, 'modelLines' | 'projects'>,
  { project, model, name }: ScheduleName,
): Promise<ScheduleConfig> {
  await projects.get(project);
  const { schedules } = (await modelLines.get(project, model)).triggers;
  const found = Object.hasOwn(schedules, name) ? schedules[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(schedules).toSorted();
  throw new RatchetError(
    'NOT_FOUND',
    `model ${project}/${model} has no schedule "${name}"; it has ${known.join(', ') || 'none'}`,
    { known },
  );
}

/**
 * The row first, which outlives the server's schedule; then the server, so that it counts at once. Errors as of
 * `requireSchedule`, `PART_UNAVAILABLE`.
 */
export async function pauseSchedule(
  deps: Deps,
  at: ScheduleName,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<SchedulePause> {
  await requireSchedule(deps, at);
  const id = scheduleId(at);
  const pause = await deps.schedules.pause({ id, project: at.project, by, reason });
  // The words that declaring it again writes too.
  await onServer(deps, at, `${id} is paused, and on the server once Temporal is back`, (handle) =>
    handle.pause(`paused by ${by}: ${reason}`),
  );
  return pause;
}

/** The pause that is over. One that Git has no longer is resumed too. Errors: `PROJECT_NOT_FOUND`, `CONFLICT`, `PART_UNAVAILABLE`. */
export async function resumeSchedule(
  deps: Deps,
  at: ScheduleName,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<SchedulePause> {
  const id = scheduleId(at);
  await deps.projects.get(at.project);
  const pause = await deps.schedules.resume({ id, project: at.project }, by);
  // The chain has the pause and who ended it; why they did stands in no row.
  const told = { action: 'schedule.resume-reason', project: at.project, subject: id, details: { reason } };
  await deps.audit.append(told);
  await onServer(deps, at, `${id} is resumed, and on the server once Temporal is back`, (handle) =>
    handle.unpause('as the repository says'),
  );
  return pause;
}

/** A schedule that is not there yet is made as its row says. */
async function onServer(
  { client }: Deps,
  at: ScheduleName,
  what: string,
  change: (handle: ScheduleHandle) => Promise<void>,
): Promise<void> {
  const handle = client.schedule.getHandle(scheduleId(at));
  try {
    await notLost(what, () => withDeadline(client, deadlineMs, () => change(handle)));
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
