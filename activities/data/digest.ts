import { createHash } from 'node:crypto';
import { canonicalText } from '../../domain/canonical-text.js';

/** sha256 of the canonical JSON of a value, as 64 hex digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}
