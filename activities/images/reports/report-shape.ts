import type { z } from 'zod';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';

/** A tool's name as a policy writes it. */
export function scannerName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A value in a shape. Error: `REPORT_INVALID`, with where it differs. */
export function reportIn<T>(shape: z.ZodType<T>, value: unknown, file: string): T {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = issue?.path.map(String).join('.') ?? '';
  throw new RatchetError('REPORT_INVALID', `${file}: ${path} ${issue?.message ?? 'is wrong'}`);
}
