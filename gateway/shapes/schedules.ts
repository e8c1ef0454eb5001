import { z } from '@hono/zod-openapi';
import { scheduleKinds } from '../../domain/ports/schedules.js';
import { eventFields } from '../hooks/event-content.js';

const instant = z.string().describe('ISO-8601, UTC.');

export const scheduleSchema = z
  .object({
    id: z.string().describe('Its id in Temporal.'),
    project: z.string(),
    model: z.string().nullable().describe('Null for the look at the repository.'),
    name: z.string().nullable().describe('Key in the ratchet.yaml of the model.'),
    kind: z
      .enum(scheduleKinds)
      .describe('A timetable, a source that is watched, or the look at the refs of the repository.'),
    timetable: z.string().nullable().describe('As Git has it; null where Git has it no longer.'),
    timeZone: z.string().nullable().describe('Of a `cron`.'),
    paused: z
      .object({ by: z.string(), reason: z.string(), since: instant })
      .nullable()
      .describe('Who stopped it, and why.'),
    next: z.array(instant).describe('The next slots, at most 5; none while it is paused.'),
    last: instant.nullable().describe('The newest slot that was taken.'),
    drift: z.string().nullable().describe('How the server is not as Git says; null where it is.'),
  })
  .openapi('Schedule');

export const scheduleListSchema = z
  .object({
    schedules: z.array(scheduleSchema),
    notice: z.string().nullable().describe('What could not be found out, and why.'),
  })
  .openapi('ScheduleList');

export const backfillSchema = z
  .strictObject({
    from: eventFields.at.describe('The first instant whose slot counts.'),
    to: eventFields.at.describe('The last one; not later than now.'),
  })
  .openapi('Backfill');

export const schedulePauseSchema = z
  .object({ id: z.string(), project: z.string(), by: z.string(), reason: z.string(), since: instant })
  .openapi('SchedulePause');

export const askedScheduleSchema = z.object({ id: z.string() }).openapi('AskedSchedule');

export const firedScheduleSchema = z
  .object({
    id: z.string(),
    slots: z.array(instant).describe('Slots that fire; those of one local time become one event.'),
    missing: z.array(z.string()).describe('Local times of slots that no clock showed.'),
  })
  .openapi('FiredSchedule');
