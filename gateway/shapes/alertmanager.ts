import { z } from '@hono/zod-openapi';

/** Alerts of one notification; a receiver may be told of fewer with `max_alerts`. */
const mostAlerts = 100;

const texts = z.record(z.string().max(200), z.string().max(10_000));
const instant = z.iso.datetime({ offset: true, error: 'an instant as ISO-8601' });

/** One alert of version 4 of Alertmanager's webhook. What is not looked at is left out. */
export const alertSchema = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: texts.describe(
    '`endpoint` says whose it is; `alertname` what it is called; `project`, if there is one.',
  ),
  annotations: texts.default({}).describe('`summary` is the rule in words; `value` and `limit` are numbers.'),
  startsAt: instant.describe('With the fingerprint: which alert it is.'),
  fingerprint: z.string().regex(/^[0-9a-f]{1,64}$/, 'hexadecimal digits, at most 64'),
});

export const notificationSchema = z
  .object({
    version: z.literal('4'),
    alerts: z.array(alertSchema).max(mostAlerts),
    truncatedAlerts: z.int().min(0).default(0).describe('How many Alertmanager left out.'),
  })
  .openapi('AlertmanagerNotification');

export const takenAlertsSchema = z
  .object({
    alerts: z.array(
      z.object({
        fingerprint: z.string(),
        endpoint: z.string(),
        status: z.enum(['firing', 'resolved']),
        event: z
          .string()
          .nullable()
          .describe('Id of the event that asks for a run; null for one that is over and was never told.'),
      }),
    ),
    truncatedAlerts: z.int().describe('Left out by Alertmanager: they come with its next notification.'),
  })
  .openapi('TakenAlerts');
