import { foreignKey, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { scheduleKinds } from '../../domain/ports/schedules.js';
import { createdAt, filledCheck, hexCheck, oneOfCheck } from './columns.js';
import { projects } from './projects.js';

/** Schedules of the server as they were last written there. */
export const schedules = pgTable(
  'schedules',
  {
    project: text().notNull(),
    id: text().notNull(),
    model: text(),
    name: text(),
    kind: text({ enum: scheduleKinds }).notNull(),
    declared: text().notNull(),
    described: text().notNull(),
  },
  (row) => [
    primaryKey({ name: 'schedules_key', columns: [row.project, row.id] }),
    foreignKey({ name: 'schedules_project', columns: [row.project], foreignColumns: [projects.name] }),
    oneOfCheck('schedules_kind', 'kind', scheduleKinds),
    hexCheck('schedules_declared', 'declared', 64),
  ],
);

/** Timetables that are stopped, also while their schedule is not there. */
export const schedulePauses = pgTable(
  'schedule_pauses',
  {
    project: text().notNull(),
    id: text().notNull(),
    by: text().notNull(),
    reason: text().notNull(),
    since: createdAt(),
  },
  (row) => [
    primaryKey({ name: 'schedule_pauses_key', columns: [row.project, row.id] }),
    foreignKey({ name: 'schedule_pauses_project', columns: [row.project], foreignColumns: [projects.name] }),
    filledCheck('schedule_pauses_by', 'by'),
  ],
);
