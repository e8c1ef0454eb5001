import type { Command } from 'commander';
import { answered } from './answered.js';
import { type GatewayOptions, gatewayCommand } from './gateway-command.js';
import { openClient } from './open-client.js';
import { printJson, printLine } from './print.js';
import { printFired, printSchedules } from './schedule-print.js';
import { splitName } from './split-name.js';

const one = '/api/v1/schedules/{project}/{model}/{name}';

interface BackfillOptions extends GatewayOptions {
  readonly from: string;
  readonly to: string;
}

/** `ratchet schedule list|pause|resume|run-now|backfill`. */
export function registerScheduleCommands(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('timetables of models, and what else Temporal does on time')
    .addHelpText('after', '\nExample:\n  ratchet schedule list --help');
  registerList(schedule);
  registerStops(schedule);
  registerRunNow(schedule);
  registerBackfill(schedule);
}

function registerList(schedule: Command): void {
  gatewayCommand(schedule, 'list [project]', {
    about: 'schedules as Git declares them: next and last slot, who paused one, and what differs from Git',
    example: 'ratchet schedule list flights',
  }).action(async (project: string | undefined, options: GatewayOptions) => {
    const client = await openClient(options);
    const query = project === undefined ? {} : { project };
    const found = await answered(client.GET('/api/v1/schedules', { params: { query } }));
    if (options.json) return printJson(found);
    printSchedules(found);
  });
}

function registerStops(schedule: Command): void {
  const stops = [
    ['pause', 'stop a timetable until it is resumed; it stays so whatever Git says next', 'is paused'],
    ['resume', 'let a timetable go on; slots that came meanwhile: ratchet schedule backfill', 'goes on'],
  ] as const;
  for (const [verb, about, done] of stops)
    gatewayCommand(schedule, `${verb} <model> <name>`, {
      about,
      example: `ratchet schedule ${verb} flights/late-arrival nightly --reason "the source is being moved"`,
    })
      .requiredOption('--reason <text>', 'why')
      .action(async (text: string, name: string, options: GatewayOptions & { reason: string }) => {
        const client = await openClient(options);
        const params = { path: pathOf(text, name) };
        const body = { reason: options.reason };
        const pause = await answered(client.POST(`${one}/${verb}`, { params, body }));
        if (options.json) return printJson(pause);
        printLine(`${name} of ${text} ${done}`);
      });
}

function registerRunNow(schedule: Command): void {
  gatewayCommand(schedule, 'run-now <model> <name>', {
    about: 'fire a slot that is now, also of a timetable that is paused',
    example: 'ratchet schedule run-now flights/late-arrival nightly',
  }).action(async (text: string, name: string, options: GatewayOptions) => {
    const client = await openClient(options);
    const params = { path: pathOf(text, name) };
    const asked = await answered(client.POST(`${one}/run-now`, { params }));
    if (options.json) return printJson(asked);
    printLine(`${name} of ${text} fires`);
    printLine(`what becomes of it: ratchet trigger list ${text} --kind schedule`);
  });
}

function registerBackfill(schedule: Command): void {
  gatewayCommand(schedule, 'backfill <model> <name>', {
    about: 'fire the slots between two instants; one that fired before stays one event',
    example:
      'ratchet schedule backfill flights/late-arrival nightly --from 2026-03-01 --to 2026-03-08T00:00:00Z',
  })
    .requiredOption('--from <time>', 'the first instant, as ISO-8601; a date alone begins in UTC')
    .requiredOption('--to <time>', 'the last one, not later than now')
    .action(async (text: string, name: string, options: BackfillOptions) => {
      const client = await openClient(options);
      const params = { path: pathOf(text, name) };
      const body = { from: instantOf(options.from), to: instantOf(options.to) };
      const fired = await answered(client.POST(`${one}/backfill`, { params, body }));
      if (options.json) return printJson(fired);
      printFired(fired);
      if (fired.slots.length > 0)
        printLine(`what becomes of them: ratchet trigger list ${text} --kind schedule`);
    });
}

function pathOf(text: string, schedule: string) {
  const { project, name: model } = splitName(text, 'model');
  return { project, model, name: schedule };
}

/** What is no date is for the gateway to look at. */
function instantOf(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
}
