import type { Envelope } from '../signing/envelope.js';

/** What happened, as one row of the chain. */
export interface AuditEvent {
  /** 1, 2, 3 ... without a gap. */
  readonly seq: number;
  readonly at: string;
  /** Account, or `system/<process>`. */
  readonly actor: string;
  /** Such as `model.promoted`, `vote.refused`. */
  readonly action: string;
  readonly project: string | null;
  /** What it happened to: `late-arrival@3`, a run id, an approval id. */
  readonly subject: string;
  /** Facts as canonical text of JSON; never a secret. */
  readonly details: string;
  /** Hash of the row before; 64 zeros before the first. */
  readonly previous: string;
  /** SHA-256 over all of the above, see `domain/audit/chain-text.ts`. */
  readonly hash: string;
}

/** The head of the chain at a moment, signed and kept outside the database. */
export interface AuditCheckpoint {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}

/** A checkpoint with the envelope whose payload it is. */
export interface SignedCheckpoint extends AuditCheckpoint {
  readonly envelope: Envelope;
}

export interface AuditFilter {
  readonly project?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  /** Rows before this number. */
  readonly before?: number;
  /** 1 to 1000, default 100. */
  readonly limit?: number;
}

/**
 * The one record of who did what. State changes write their row themselves, in the same transaction, by the database;
 * what changes no row (a read of bytes, a refusal) is appended here.
 */
export interface AuditLog {
  /** Error: `INTERNAL` for an action that a change of the database writes itself. */
  append(
    event: Pick<AuditEvent, 'action' | 'project' | 'subject'> & { readonly details: object },
  ): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<readonly AuditEvent[]>;
  /** Where the chain ends by its own word; undefined while there is no row. */
  head(): Promise<AuditCheckpoint | undefined>;
  /** All rows from a number on, in order, in pages. */
  rows(from: number): AsyncIterable<readonly AuditEvent[]>;
  /** Remembers a checkpoint beside the copy outside; one a row, the first stays. */
  keepCheckpoint(checkpoint: SignedCheckpoint): Promise<void>;
  /** Oldest first. */
  checkpoints(): Promise<readonly SignedCheckpoint[]>;
}
