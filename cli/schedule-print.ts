import { localSlot } from '../domain/triggers/slots.js';
import type { components } from './generated/api.js';
import { printLine, printNote, printTable } from './print.js';

type Schedule = components['schemas']['Schedule'];
type List = components['schemas']['ScheduleList'];
type Fired = components['schemas']['FiredSchedule'];

/** Slots by the clock of their time zone, as events name them. */
export function printSchedules({ schedules, notice }: List): void {
  printTable(
    ['schedule', 'kind', 'timetable', 'next', 'last', 'paused', 'drift from Git'],
    schedules.map((row) => [
      nameOf(row),
      row.kind,
      row.timetable,
      slotText(row, row.next[0] ?? null),
      slotText(row, row.last),
      row.paused && `by ${row.paused.by} since ${row.paused.since}: ${row.paused.reason}`,
      row.drift,
    ]),
    'no project yet: ratchet project add --repo <address>',
  );
  if (notice !== null) printNote(notice);
}

export function printFired({ slots, missing }: Fired): void {
  if (slots.length === 0) printLine('no slot is in that time');
  else
    printLine(
      slots.length === 1
        ? `1 slot fires: ${slots[0]}`
        : `${slots.length} slots fire, from ${slots[0]} to ${slots.at(-1)}`,
    );
  if (missing.length > 0) printLine(`local times that no clock showed: ${missing.join(', ')}`);
}

/** As the other commands take it; of the whole project its name alone. */
function nameOf({ project, model, name }: Schedule): string {
  return model === null ? project : `${project}/${model} ${name}`;
}

function slotText({ timeZone }: Schedule, instant: string | null): string | null {
  if (instant === null || timeZone === null) return instant;
  return `${localSlot(instant, timeZone)} ${timeZone}`;
}
