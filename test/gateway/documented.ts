import { type OpenAPIHono, z } from '@hono/zod-openapi';
import { expect } from 'vitest';
import type { GatewayEnv } from '../../gateway/http/env.js';

/** An answer has the shape that its route documents, and nothing beside it. Answers in plain text have none. */
export function expectDocumented(
  app: OpenAPIHono<GatewayEnv>,
  asked: { readonly method: string; readonly path: string },
  answer: { readonly status: number; readonly body: unknown },
): void {
  const responses = responsesAt(app, asked);
  const shape = jsonShape(responses?.[answer.status]) ?? jsonShape(responses?.['default']);
  if (shape === undefined || answer.body === undefined) return;
  const parsed = shape.safeParse(answer.body);
  expect(parsed.error?.message, `${asked.method} ${asked.path}`).toBeUndefined();
  expect(parsed.data, `${asked.method} ${asked.path}`).toEqual(answer.body);
}

function responsesAt(app: OpenAPIHono<GatewayEnv>, asked: { method: string; path: string }) {
  const path = asked.path.split('?')[0] ?? '';
  const found = app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' &&
    definition.route.method === asked.method.toLowerCase() &&
    new RegExp(`^${definition.route.path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)
      ? [definition.route]
      : [],
  );
  // The one with fewer parts left open stands before the other.
  return found.toSorted((a, b) => parts(a.path) - parts(b.path))[0]?.responses;
}

const parts = (path: string) => path.split('{').length;

function jsonShape(response: unknown): z.ZodType | undefined {
  const found = z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.instanceof(z.ZodType) }) }) })
    .safeParse(response);
  return found.data?.content['application/json'].schema;
}
