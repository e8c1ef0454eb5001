import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { RatchetError } from '../../domain/errors/ratchet-error.js';
import { parseExactJson } from '../tensors/exact-json.js';

/** Error: `REQUEST_INVALID` where the bytes are not JSON. */
export function parseJsonBytes(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new RatchetError('REQUEST_INVALID', 'the body is not UTF-8');
  return parseExactJson(bytes.toString('utf8'));
}

/**
 * A value in the shape that is asked for; the messages of the shape say what is allowed.
 * Error: `REQUEST_INVALID`, naming the place.
 */
export function requireShape<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RatchetError(
    'REQUEST_INVALID',
    `${placeOf(issue?.path ?? [])} is not what is asked for, allowed is ${issue?.message ?? 'something else'}`,
  );
}

/** Such as `inputs[0].shape`; keys of the sender are not repeated at length. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the body';
  return path
    .map((key, i) =>
      typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key).slice(0, 80)}`,
    )
    .join('');
}
