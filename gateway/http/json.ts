import { z } from '@hono/zod-openapi';

/** One answer of a route, as JSON. */
export function json<S extends number, T extends z.ZodType>(status: S, schema: T, description: string) {
  return { [status]: { description, content: { 'application/json': { schema } } } } as {
    [K in S]: { description: string; content: { 'application/json': { schema: T } } };
  };
}

/** A request body that must be there, as JSON. */
export function jsonBody<T extends z.ZodType>(schema: T) {
  return { body: { required: true as const, content: { 'application/json': { schema } } } };
}

type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
type JsonObject = Record<string, JsonValue>;

/** An object whose shape is documented elsewhere: a configuration, a model card, an evaluation. */
export const jsonObject = z
  .custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .openapi({ type: 'object', additionalProperties: true });

/** What was stored as JSON is JSON; its type says more than the wire's. */
export function asJsonObject(stored: object): JsonObject {
  return stored as JsonObject;
}
