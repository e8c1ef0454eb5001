import { workflowIds } from '../names.js';
import type { ModelLine } from '../ports/model-lines.js';
import type { ProjectRecord } from '../ports/projects.js';
import type { ScheduleKind } from '../ports/schedules.js';

/** A schedule that a project's files ask for. */
export interface GitSchedule {
  readonly id: string;
  readonly project: string;
  readonly model: string | null;
  readonly name: string | null;
  readonly kind: ScheduleKind;
  /** In words; null for one that the files no longer have. */
  readonly timetable: string | null;
  /** Of a `cron`. */
  readonly timeZone: string | null;
}

/** All schedules of a project by id: the look at its repository, timetables and watched sources of its models. */
export function gitSchedules(
  { name, config }: ProjectRecord,
  lines: readonly ModelLine[],
): readonly GitSchedule[] {
  const refs: GitSchedule = {
    ...{ id: workflowIds.reconcileRefs(name), project: name, model: null, name: null, kind: 'refs' },
    ...{ timetable: `every ${config.tracked.every}`, timeZone: null },
  };
  return [refs, ...lines.flatMap((line) => [...slots(line), ...sources(line)])].toSorted(byId);
}

const byId = (a: GitSchedule, b: GitSchedule) => (a.id < b.id ? -1 : 1);

function slots({ project, model, triggers }: ModelLine): readonly GitSchedule[] {
  return Object.entries(triggers.schedules).map(([name, { cron, every, timeZone }]) => ({
    ...{ id: workflowIds.fireSchedule(project, model, name), project, model, name, kind: 'slot' },
    ...(cron === undefined
      ? { timetable: `every ${every}`, timeZone: null }
      : { timetable: `cron ${cron} in ${timeZone}`, timeZone }),
  }));
}

function sources({ project, model, triggers }: ModelLine): readonly GitSchedule[] {
  return Object.entries(triggers.newData).map(([name, { every, source }]) => ({
    ...{ id: workflowIds.watchSource(project, model, name), project, model, name, kind: 'source' },
    ...{ timetable: `${source} every ${every}`, timeZone: null },
  }));
}
