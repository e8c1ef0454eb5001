import { createHash } from 'node:crypto';
import { currentActor } from '../../../db/acting.js';
import { storableJson } from '../../../db/storable-json.js';
import { chainText, genesisHash } from '../../../domain/audit/chain-text.js';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { AuditEvent, AuditLog, SignedCheckpoint } from '../../../domain/ports/audit.js';
import { now, storable } from './memory-state.js';

/** What is told. Changes of other stores in memory leave no row of their own: that is the database's to do. */
export function createMemoryAudit(): AuditLog {
  const events: AuditEvent[] = [];
  const checkpoints = new Map<number, SignedCheckpoint>();
  return {
    async append({ action, project, subject, details }) {
      const previous = events.at(-1)?.hash ?? genesisHash;
      const who = { at: now(), actor: currentActor() ?? 'system/memory' };
      const what = { action, project, subject: storable(subject) ?? '', details: storableJson(details) };
      const event = { seq: events.length + 1, ...who, ...what, previous };
      const hash = createHash('sha256').update(chainText(event), 'utf8').digest('hex');
      events.push({ ...event, hash });
    },
    async list({ project, actor, action, subject, before = Number.POSITIVE_INFINITY, limit = 100 }) {
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
        throw new RatchetError('REQUEST_INVALID', `a page has 1 to 1000 rows, ${limit} were asked for`);
      }
      const wanted = Object.entries({ project, actor, action, subject });
      return events
        .filter((event) => event.seq < before)
        .filter((event) =>
          wanted.every(([part, value]) => value === undefined || event[part as keyof AuditEvent] === value),
        )
        .reverse()
        .slice(0, limit);
    },
    async head() {
      const last = events.at(-1);
      return last && { seq: last.seq, hash: last.hash, at: last.at };
    },
    async *rows(from) {
      yield events.filter(({ seq }) => seq >= from);
    },
    async keepCheckpoint(checkpoint) {
      if (!checkpoints.has(checkpoint.seq)) checkpoints.set(checkpoint.seq, checkpoint);
    },
    checkpoints: async () => [...checkpoints.values()].sort((a, b) => a.seq - b.seq),
  };
}
