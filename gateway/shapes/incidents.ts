import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { incidentKinds } from '../../domain/monitoring/incident-kinds.js';
import { watchLines } from '../../domain/monitoring/window-evidence.js';
import { suppressRules } from '../../domain/triggers/trigger-event.js';
import { verdicts } from '../../domain/verdict.js';
import { jsonObject } from '../http/json.js';
import { line } from './text.js';
import { countedTraffic } from './traffic.js';

const instant = z.string().describe('ISO-8601, UTC.');
const window = z.object({ from: instant, to: instant }).describe('A span of event time.');

const incidentFields = {
  id: z.string(),
  project: z.string(),
  endpoint: z.string(),
  model: z.string(),
  modelVersion: z.int().describe('That answered when it opened.'),
  cause: z.string().describe('What it is about; of one cause there is at most one open.'),
  kind: z.enum(incidentKinds),
  routedTo: z.array(z.enum(['data-engineer', 'data-scientist', 'retrain', 'record'])),
  blocksRetraining: z.boolean().describe('Whether the watch asks for no run while it is open.'),
  openedAt: instant.describe('End of the window that it opened with, in event time.'),
  course: z.string().describe('Why it asks for a run, or why not.'),
  run: z
    .object({
      event: z.string().describe('Id of the event that asks for the run.'),
      runId: z.string().nullable().describe('Null while it is pending, and where it starts none.'),
      rule: z.enum(suppressRules).nullable().describe('By which it starts none.'),
      reason: z.string().nullable(),
    })
    .nullable()
    .describe('What became of the run that it asked for; null where it asked for none.'),
  acknowledgedBy: z.string().nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable().describe('Null where it closed by itself.'),
  closedBecause: z.string().nullable(),
};

export const incidentSchema = z.object(incidentFields).openapi('Incident');

export const incidentDetailSchema = incidentSchema
  .extend({
    sights: z
      .array(
        z.object({
          window,
          kind: z.enum(incidentKinds),
          because: z.string(),
          columns: z.array(z.string()),
        }),
      )
      .describe('The windows that saw it, oldest first, with the rule in words.'),
    quietWindows: z.int().describe('Windows in a row that saw nothing of it.'),
    words: z.string().describe('What the kind means.'),
  })
  .openapi('IncidentDetail');

export const incidentListQuery = z.strictObject({
  project: nameField.optional(),
  endpoint: nameField.optional(),
  open: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  after: z.string().max(500).optional(),
});

export const incidentPageSchema = z
  .object({
    incidents: z.array(incidentSchema),
    next: z.string().nullable().describe('For "after"; null on the last page.'),
  })
  .openapi('IncidentPage');

export const closeIncidentSchema = z.strictObject({ reason: line(1000) }).openapi('CloseIncident');

export const silenceSchema = z
  .object({
    id: z.string(),
    project: z.string(),
    endpoint: z.string(),
    kind: z.enum(incidentKinds).nullable().describe('Null for every kind.'),
    owner: z.string(),
    reason: z.string(),
    until: instant,
  })
  .openapi('Silence');

export const setSilenceSchema = z
  .strictObject({
    kind: z.enum(incidentKinds).nullable().default(null),
    reason: line(1000),
    until: z.iso.datetime({ offset: true }).describe('When it ends.'),
  })
  .openapi('SetSilence');

const judgedWindow = z.object({
  line: z.enum(watchLines),
  ...window.shape,
  modelVersion: z.int(),
  rows: z.int(),
  verdict: z.enum(verdicts),
  verdicts: z.record(z.string(), z.enum(verdicts)),
  numbers: z.record(z.string(), z.number()),
  judgedAt: instant,
});

export const monitoringSchema = z
  .object({
    project: z.string(),
    endpoint: z.string(),
    config: jsonObject
      .nullable()
      .describe('As Git declares it, with defaults; null where it is not watched.'),
    progress: z
      .object({ oldestEventAt: instant, newestEventAt: instant, lastCameAt: instant })
      .nullable()
      .describe('How far the traffic has come; null where there is none.'),
    unjudged: z
      .object({
        from: instant,
        to: instant,
        versions: z.array(
          z.object({
            model: z.string(),
            version: z.string(),
            rows: z.int(),
            isMore: z.boolean().describe('There are more rows than these: no more are counted.'),
          }),
        ),
      })
      .nullable()
      .describe('Rows that were answered after the newest judged window; null where there are none.'),
    lastHour: countedTraffic
      .nullable()
      .describe('What its servers answered in the hour before, all versions together; null for nothing.'),
    lastDay: countedTraffic.nullable().describe('The same in the day before.'),
    inputs: z.array(judgedWindow).describe('Newest first.'),
    truth: z.array(judgedWindow).describe('Newest first.'),
    incidents: z.array(incidentSchema).describe('Those that are open.'),
    silences: z.array(silenceSchema),
  })
  .openapi('Monitoring');

export const monitoringReportSchema = z
  .object({
    endpoint: z.string(),
    madeAt: instant,
    html: z.string().describe('A page that is one file: it loads and runs nothing.'),
    charts: z.array(
      z.object({
        name: z.string().describe('Fits a file.'),
        svg: z.string(),
        table: z.string().describe('Its numbers, as a table of HTML.'),
      }),
    ),
  })
  .openapi('MonitoringReport');
