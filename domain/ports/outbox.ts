import type { NoticeKind } from '../config/tracking.js';

/** What people are told, before it is known where. */
export interface Notice {
  /** The same key is told once to each target. */
  readonly key: string;
  readonly project: string;
  readonly model: string | null;
  readonly kind: NoticeKind | 'test';
  /** One sentence. */
  readonly title: string;
  /** Lines below it: step, reason, distance to pass, the command that repeats it. */
  readonly lines: readonly string[];
  /** Members by account: the owner of the model, the author of the commit. */
  readonly to: readonly string[];
  /** For a commit status; null where there is none. */
  readonly commit: string | null;
  /** `success`, `failure` or `pending`, for a commit status. */
  readonly state: 'success' | 'failure' | 'pending';
  readonly runId: string | null;
  readonly at: string;
}

export const letterStatuses = ['pending', 'delivered', 'dead'] as const;
export type LetterStatus = (typeof letterStatuses)[number];

/** A notice on its way to one target. */
export interface Letter {
  readonly id: string;
  /** Counts up: letters of one target and model go out in this order. */
  readonly seq: number;
  /** Key of `notifications` in the project's file. */
  readonly target: string;
  readonly notice: Notice;
  readonly status: LetterStatus;
  readonly attempts: number;
  readonly nextAt: string;
  readonly deliveredAt: string | null;
}

/** One try to deliver a letter. */
export interface LetterAttempt {
  readonly letter: string;
  readonly at: string;
  readonly ms: number;
  /** Null where it was delivered. Never holds a secret. */
  readonly error: string | null;
}

export interface LetterFilter {
  readonly project?: string;
  readonly projects?: readonly string[];
  readonly status?: LetterStatus;
  /** Letters whose `seq` is below this: the next page. */
  readonly before?: number;
  /** 1 to 200, default 50. */
  readonly limit?: number;
}

/** What is to be told, until it is. A line is what one target is told of one model, in the order it was put. */
export interface Outbox {
  /** A letter a target, idempotent by project, key and target. Error: `PROJECT_NOT_FOUND`. */
  put(notice: Notice, targets: readonly string[]): Promise<void>;
  /** The oldest pending letter of each line where that one is due; one that waits holds its line back. In order of `seq`. */
  due(limit: number): Promise<readonly Letter[]>;
  /** When the next letter is due, of those that no older one of their line holds back; null where none is pending. */
  nextAt(): Promise<string | null>;
  /**
   * Writes a try down. `nextAt` null ends the tries: delivered without an error, dead with one. The same try again changes
   * nothing, and a letter that ended keeps its end. Error: `NOT_FOUND`.
   */
  attempted(attempt: LetterAttempt, nextAt: string | null): Promise<void>;
  /** Error: `NOT_FOUND`. */
  get(id: string): Promise<Letter>;
  /** Newest first. `limit` is 1 to 200, default 50. Error: `REQUEST_INVALID`. */
  list(filter: LetterFilter): Promise<readonly Letter[]>;
  /** Oldest first. */
  attempts(letter: string): Promise<readonly LetterAttempt[]>;
  /** Dead letters of a project are pending again, due at once, with all their tries before them; how many. */
  redrive(project: string): Promise<number>;
}
