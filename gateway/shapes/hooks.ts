import { z } from '@hono/zod-openapi';
import { nameField } from '../../domain/config/fields.js';
import { deliveryStatuses, hookForms } from '../../domain/ports/deliveries.js';
import { eventFields } from '../hooks/event-content.js';

export const receivedSchema = z
  .object({
    id: z.string().describe('Of the delivery: what the sender calls it, behind the form that it came in.'),
    repeated: z.boolean().describe('Whether it came before; it is still handled once.'),
  })
  .openapi('Received');

export const projectHookSchema = z
  .object({
    path: z.string().describe('Where webhooks are sent to, below the address of the gateway.'),
    secret: z.string().describe('What GitHub, Gitea and Bitbucket sign with, and what GitLab sends.'),
    signingSecret: z.string().describe('The same secret as Standard Webhooks write it: `whsec_<base64>`.'),
  })
  .openapi('ProjectHook');

const instant = z.string().describe('ISO-8601, UTC.');

export const deliverySchema = z
  .object({
    id: z.string().describe('What the sender calls it, behind the form that it came in.'),
    form: z.enum(hookForms),
    what: z.string().describe('What it says, in words.'),
    receivedAt: instant,
    repeats: z.int().describe('How often it came again.'),
    status: z.enum(deliveryStatuses),
    result: z.string().nullable().describe('What became of it, in words.'),
    handledAt: instant.nullable(),
  })
  .openapi('Delivery');

export const deliveryListSchema = z.object({ deliveries: z.array(deliverySchema) });

export const deliveryListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe('How many, 1 to 1000.'),
});

export const sendEventSchema = z
  .strictObject({
    name: nameField.describe('Key of `triggers.events` in the ratchet.yaml of a model.'),
    id: eventFields.id.optional().describe('Yours; the same id again is the same event. Default: a new one.'),
    at: eventFields.at.optional().describe('When it was. Default: now.'),
    payload: z
      .unknown()
      .optional()
      .describe('What a filter of the trigger looks at: JSON of at most 48 KiB.'),
  })
  .openapi('SendEvent');
