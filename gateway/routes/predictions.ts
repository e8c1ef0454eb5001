import { type OpenAPIHono, z } from '@hono/zod-openapi';
import type { TypedResponse } from 'hono';
import { nameField } from '../../domain/config/fields.js';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { callerOf } from '../access/caller.js';
import { inPath } from '../access/places.js';
import type { GatewayDeps } from '../deps.js';
import type { GatewayEnv } from '../http/env.js';
import { route } from '../http/route.js';
import { recordedLines } from '../reads/recorded-lines.js';
import { moment } from '../shapes/text.js';

const type = 'application/octet-stream';
const lines = {
  200: { description: 'The lines.', content: { 'application/octet-stream': { schema: z.string() } } },
} as const;
type Lines = Response & TypedResponse<string, 200, string>;

const record = route('pull-data', inPath, {
  method: 'get',
  path: '/api/v1/endpoints/{project}/{endpoint}/predictions',
  summary:
    'The raw record of a span of event time: lines of JSON, the first with the columns, the last with how many rows came. Every answer is a row of the audit.',
  request: {
    params: z.object({ project: nameField, endpoint: nameField }),
    query: z.strictObject({
      from: moment.describe('The first event.'),
      to: moment.describe('Up to here, and not this.'),
      sensitive: z
        .enum(['true', 'false'])
        .default('false')
        .describe('Whether sensitive columns of the model come with it.'),
    }),
  },
  responses: lines,
});

export function predictionRoutes(app: OpenAPIHono<GatewayEnv>, deps: GatewayDeps): void {
  app.openapi(record, async (context) => {
    const name = context.req.valid('param');
    const { from, to, sensitive } = context.req.valid('query');
    if (Date.parse(from) >= Date.parse(to))
      throw new RatchetError('REQUEST_INVALID', `to is ${to}: allowed is a time after from, ${from}`, {
        from,
        to,
      });
    await deps.endpoints.get(name);
    const withSensitive = sensitive === 'true';
    const read = await recordedLines(deps, { name, span: { from, to }, withSensitive });
    const { method } = callerOf(context);
    const details = { method, from, to, withSensitive };
    await deps.audit.append({
      action: 'predictions.pulled',
      project: name.project,
      subject: name.endpoint,
      details,
    });
    const headers = { 'content-type': type, 'cache-control': 'no-store' };
    return new Response(asBytes(read), { headers }) as Lines;
  });
}

/** Read as fast as it is taken; who goes away ends it. */
function asBytes(read: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await read.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await read.return(undefined);
    },
  });
}
