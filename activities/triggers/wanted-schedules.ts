import type { ScheduleOptions, ScheduleSpec } from '@temporalio/client';
import { durationSeconds } from '../../domain/features/duration.js';
import { queues, workflowIds } from '../../domain/names.js';
import type { ModelLine } from '../../domain/ports/model-lines.js';
import type { ProjectRecord } from '../../domain/ports/projects.js';
import type { DeclaredSchedule } from '../../domain/ports/schedules.js';
import { type Timetable, timetableOf } from '../../domain/triggers/timetable.js';
import { utcClock } from '../../domain/triggers/utc-clock.js';
import { digestOf } from '../data/digest.js';

/** A schedule that a project asks for. */
export interface WantedSchedule extends Omit<DeclaredSchedule, 'described'> {
  readonly options: ScheduleOptions;
}

/** All schedules of a project: of its models, of the sources they watch, of its repository. */
export function wantedSchedules(
  project: ProjectRecord,
  lines: readonly ModelLine[],
): readonly WantedSchedule[] {
  return [refsSchedule(project), ...lines.flatMap((line) => [...slots(line), ...sources(line)])];
}

const millis = (text: string) => durationSeconds(text) * 1000;

function refsSchedule({ name, config }: ProjectRecord): WantedSchedule {
  const id = workflowIds.reconcileRefs(name);
  return wanted(
    { id, project: name, model: null, name: null, kind: 'refs' },
    {
      spec: { intervals: [{ every: millis(config.tracked.every) }] },
      // The next look sees what one in an outage would have seen.
      policies: { overlap: 'SKIP', catchupWindow: 10_000 },
      workflowType: 'reconcileRefs',
      args: [{ project: name }],
    },
  );
}

function slots({ project, model, triggers }: ModelLine): readonly WantedSchedule[] {
  return Object.entries(triggers.schedules).map(([name, schedule]) => {
    const { overlap, catchUp, jitter } = schedule;
    return wanted(
      { id: workflowIds.fireSchedule(project, model, name), project, model, name, kind: 'slot' },
      {
        spec: {
          ...clock(timetableOf(schedule)),
          ...(jitter === undefined ? {} : { jitter: millis(jitter) }),
        },
        policies: { overlap: overlap === 'skip' ? 'SKIP' : 'BUFFER_ALL', catchupWindow: millis(catchUp) },
        workflowType: 'fireSchedule',
        args: [{ project, model, schedule: name }],
      },
    );
  });
}

/** What wakes a timetable. Which of its ticks are slots is not left to the server, whose changed clocks are not exact. */
function clock(timetable: Timetable): ScheduleSpec {
  if (timetable.kind === 'interval') return { intervals: [{ every: timetable.everyMs }] };
  const { cron, timeZone } = timetable;
  return { cronExpressions: [...utcClock(cron, timeZone, new Date().toISOString())] };
}

function sources({ project, model, triggers }: ModelLine): readonly WantedSchedule[] {
  return Object.entries(triggers.newData).map(([name, { every }]) =>
    wanted(
      { id: workflowIds.watchSource(project, model, name), project, model, name, kind: 'source' },
      {
        spec: { intervals: [{ every: millis(every) }] },
        policies: { overlap: 'SKIP', catchupWindow: 10_000 },
        workflowType: 'watchSource',
        args: [{ project, model, name }],
      },
    ),
  );
}

interface Asked extends Pick<ScheduleOptions, 'spec' | 'policies'> {
  readonly workflowType: string;
  readonly args: readonly object[];
}

function wanted(
  of: Omit<WantedSchedule, 'declared' | 'options'>,
  { spec, policies, workflowType, args }: Asked,
): WantedSchedule {
  const action = {
    type: 'startWorkflow',
    workflowType,
    workflowId: of.id,
    taskQueue: queues.orchestrator,
    args: [...args],
  } as const;
  const options = { scheduleId: of.id, spec, action, ...(policies === undefined ? {} : { policies }) };
  return { ...of, declared: digestOf(options), options };
}
