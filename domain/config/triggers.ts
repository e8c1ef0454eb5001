import { z } from 'zod';
import { durationField, eventNameField, nameField } from './fields.js';

/** `paths/**` of a repository, with `*` inside of a name and `**` over folders. */
export const pathPattern = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^/\\\p{Cc}][^\\\p{Cc}]*$/u)
  .describe('Path from the root of the repository; * stands for any part of a name, ** for any folders.');

const push = z
  .strictObject({
    paths: z
      .array(pathPattern)
      .max(100)
      .default([])
      .describe('Files that make this model train, beside those that it is made of.'),
  })
  .describe('A push to the tracked branch.');

const schedule = z
  .strictObject({
    cron: z
      .string()
      .max(200)
      .optional()
      .describe('Minute, hour, day of month, month, day of week. This or "every".'),
    every: durationField.optional().describe('An interval. This or "cron".'),
    timeZone: z.string().max(100).default('UTC').describe('Time zone of "cron", such as Europe/Amsterdam.'),
    overlap: z
      .enum(['skip', 'buffer'])
      .default('skip')
      .describe('What a slot does while the one before is still handled: nothing, or wait.'),
    catchUp: durationField
      .default('1 hour')
      .describe('Slots missed in an outage that are younger than this are made up for.'),
    jitter: durationField.optional().describe('Spreads starts over so long a time.'),
    pauseOnFailure: z.boolean().default(false).describe('Whether a failed run pauses the schedule.'),
    variant: nameField.optional().describe('Variant of the training that it starts.'),
  })
  .describe('A timetable.');

const newData = z
  .strictObject({
    source: nameField.describe('Source of the project that is looked at.'),
    query: z
      .string()
      .max(4000)
      .optional()
      .describe(
        'For a database: a select of one row with "watermark" and "rows", of rows after $1 and, where $2 is given, up to $2.',
      ),
    prefix: z.string().max(512).optional().describe('For a bucket: the folder whose new objects count.'),
    every: durationField.default('5 minutes').describe('How often it is looked.'),
    leastRows: z.int().min(1).default(1).describe('Fewer new rows (or objects) start nothing.'),
    quiet: durationField.optional().describe('The newest row must have been seen so long before.'),
    lateness: durationField
      .optional()
      .describe('Rows that come so late behind the watermark are still counted, once.'),
  })
  .describe('New rows or objects in a source.');

const event = z
  .strictObject({
    filter: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('A CEL expression over "event" and "payload"; only true lets the event through.'),
  })
  .describe('An event of a program of yours.');

const handling = z
  .strictObject({
    debounce: durationField
      .optional()
      .describe('An event waits so long for others, which become one run with it.'),
    inFlight: z
      .enum(['newest', 'queue', 'replace'])
      .default('newest')
      .describe('While a run is in flight: the newest waits, all wait in order, or the run is cancelled.'),
    coolDown: durationField.optional().describe('Least time between two runs that no person asked for.'),
    veto: durationField
      .optional()
      .describe('A run that no person asked for is announced so long before, and may be stopped.'),
  })
  .describe('How events become runs.');

/** `triggers` of a ratchet.yaml: what starts a run of the model. */
export const triggersSchema = z
  .strictObject({
    push: z
      .union([push, z.literal(false)])
      .prefault({})
      .describe('Pushes; false turns them off.'),
    schedules: z.record(nameField, schedule).default({}).describe('Timetables, by name.'),
    newData: z.record(nameField, newData).default({}).describe('Sources that are looked at, by name.'),
    events: z
      .record(eventNameField, event)
      .default({})
      .describe('Events of your own programs, by name: the type of a CloudEvent or of a Standard Webhook.'),
    monitoring: z.boolean().default(true).describe('Whether alarms of the monitoring start a run.'),
    handling: handling.prefault({}),
  })
  .describe('What starts a run without a person typing a command.');
export type TriggersConfig = z.infer<typeof triggersSchema>;
export type ScheduleConfig = TriggersConfig['schedules'][string];
export type NewDataConfig = TriggersConfig['newData'][string];
export type HandlingConfig = TriggersConfig['handling'];
