import type { AuditEvent } from '../ports/audit.js';

/** What stands before the first row. */
export const genesisHash = '0'.repeat(64);

/**
 * The text whose SHA-256 (of its UTF-8 bytes) is the hash of a row: every field with its length in characters before
 * it, so that no two rows have the same text. The database writes it, whoever verifies reads it again.
 */
export function chainText(event: Omit<AuditEvent, 'hash'>): string {
  const { seq, at, actor, action, project, subject, details, previous } = event;
  return [String(seq), at, actor, action, project ?? '', subject, details, previous]
    .map((field) => `${characters(field)}:${field}`)
    .join('');
}

/** Characters as Unicode counts them: a pair of surrogates is one. */
function characters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    if (!isBetween(text.charCodeAt(at), 0xd800, 0xdbff)) continue;
    if (!isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff)) continue;
    count -= 1;
    at += 1;
  }
  return count;
}

const isBetween = (code: number, least: number, most: number) => code >= least && code <= most;
