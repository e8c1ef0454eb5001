import { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import type { DeliveryContent } from '../../domain/ports/deliveries.js';
import { notFitting } from '../http/invalid-request.js';
import type { HookRequest } from './hook-request.js';

/** Full name of a ref. */
export const refField = z
  .string()
  .max(1024)
  .regex(/^refs\/[^\s\p{Cc}]+$/u, 'the full name of a ref, such as refs/heads/main');

/** Full id of a commit; null for the zeros that stand for none. */
export const commitField = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'the full id of a commit')
  .transform((id) => (/^0+$/.test(id) ? null : id));

/** What a sender calls an event that is not looked into. */
export const kindField = z.string().regex(/^[\w:. -]{1,100}$/, 'a word for what happened');

export const addressField = z.string().max(2048).nullish();

/** The body as JSON. Error: `REQUEST_INVALID`. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new RatchetError('REQUEST_INVALID', 'the body is not JSON', {}, { cause });
  }
}

/** What matters of a value; unknown fields are left out. Error: `REQUEST_INVALID`, with every place that is wrong. */
export function fitted<T>(schema: z.ZodType<T>, value: unknown, part = 'body'): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw notFitting(part, value, parsed.error);
}

/** A header that must be there, as one short word. Error: `REQUEST_INVALID`. */
export function headerWord({ header }: Pick<HookRequest, 'header'>, name: string): string {
  const value = header(name) ?? '';
  if (/^[!-~]{1,200}$/.test(value)) return value;
  const came = value === '' ? 'not there' : `of ${value.length} characters`;
  throw new RatchetError(
    'REQUEST_INVALID',
    `the header ${name} is ${came}: allowed are 1 to 200 letters, digits and signs of ASCII, without blanks`,
  );
}

/** A move of a branch; that of a tag, or of anything else, is known and starts nothing. */
export function pushOf(ref: string, before: string | null, after: string | null): DeliveryContent {
  if (ref.startsWith('refs/heads/')) return { kind: 'push', ref, before, after };
  return { kind: 'other', what: `push of ${ref}`.slice(0, 200) };
}

/** Addresses that are there. */
export function addressesOf(...addresses: readonly (string | null | undefined)[]): readonly string[] {
  return addresses.flatMap((address) => address ?? []);
}
