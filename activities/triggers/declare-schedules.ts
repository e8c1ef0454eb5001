import { ScheduleAlreadyRunning, ScheduleNotFoundError, type ScheduleOptions } from '@temporalio/client';
import type { DeclaredSchedule, SchedulePause } from '../../domain/ports/schedules.js';
import type { TriggerDeps } from './deps.js';
import { describedDigest } from './described-digest.js';
import { type WantedSchedule, wantedSchedules } from './wanted-schedules.js';

/** What was done to the schedules of a project, by id. */
export interface DeclaredSchedules {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  /** Changed or taken away by hand, and brought back to what the repository says. */
  readonly putBack: readonly string[];
  readonly removed: readonly string[];
}

type Deps = Pick<TriggerDeps, 'audit' | 'client' | 'lines' | 'projects' | 'schedules'>;
type Done = 'created' | 'updated' | 'putBack' | 'same';

/**
 * Brings the server's schedules to what the project's files say, and to who paused them. Doing it again changes nothing;
 * what somebody changed by hand is put back, and audited.
 */
export async function declareSchedules(
  deps: Deps,
  { project: name }: { readonly project: string },
): Promise<DeclaredSchedules> {
  const [project, lines, known, pauses] = await Promise.all([
    deps.projects.get(name),
    deps.lines.list(name),
    deps.schedules.list(name),
    deps.schedules.pauses(name),
  ]);
  const wanted = wantedSchedules(project, lines);
  const done: { readonly id: string; readonly how: Done }[] = [];
  for (const one of wanted) {
    const before = known.find(({ id }) => id === one.id);
    const pause = pauses.find(({ id }) => id === one.id);
    done.push({ id: one.id, how: await declare(deps, one, before, pause) });
  }
  const ids = new Set(wanted.map(({ id }) => id));
  const gone = known.filter(({ id }) => !ids.has(id));
  for (const { id } of gone) await remove(deps, name, id);
  const ofKind = (how: Done) => done.filter((one) => one.how === how).map(({ id }) => id);
  return {
    created: ofKind('created'),
    updated: ofKind('updated'),
    putBack: ofKind('putBack'),
    removed: gone.map(({ id }) => id),
  };
}

async function declare(
  deps: Deps,
  wanted: WantedSchedule,
  known: DeclaredSchedule | undefined,
  pause: SchedulePause | undefined,
): Promise<Done> {
  const { options, ...declared } = wanted;
  const handle = deps.client.schedule.getHandle(wanted.id);
  const found = await describedDigest(handle);
  const isPaused = found?.paused ?? false;
  const isSame =
    found !== undefined && known?.declared === wanted.declared && known.described === found.digest;
  if (isSame && isPaused === (pause !== undefined)) return 'same';
  await write(deps, options, pause);
  const described = (await describedDigest(handle))?.digest ?? '';
  await deps.schedules.put({ ...declared, described });
  if (known === undefined) return found === undefined ? 'created' : 'updated';
  if (known.declared !== wanted.declared) return 'updated';
  const details = { schedule: wanted.id, was: found === undefined ? 'gone' : 'changed by hand' };
  await deps.audit.append({
    action: 'schedule.put-back',
    project: wanted.project,
    subject: wanted.id,
    details,
  });
  return 'putBack';
}

async function write(
  { client }: Deps,
  options: ScheduleOptions,
  pause: SchedulePause | undefined,
): Promise<void> {
  const note = pause === undefined ? 'as the repository says' : `paused by ${pause.by}: ${pause.reason}`;
  const state = { paused: pause !== undefined, note };
  try {
    await client.schedule.create({ ...options, state });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const { spec, action, policies = {} } = options;
    await client.schedule.getHandle(options.scheduleId).update((previous) => ({
      ...previous,
      spec,
      action,
      policies,
      state: { ...previous.state, ...state },
    }));
  }
}

async function remove({ client, schedules }: Deps, project: string, id: string): Promise<void> {
  try {
    await client.schedule.getHandle(id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
  await schedules.remove(project, id);
}
