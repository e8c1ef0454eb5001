import type { NotificationConfig } from '../config/tracking.js';
import type { Letter } from './outbox.js';
import type { Secrets } from './secrets.js';

export type TargetKind = NotificationConfig['kind'];
export type TargetOf<K extends TargetKind> = Extract<NotificationConfig, { readonly kind: K }>;

/** A letter on its way, and what must be known beside it. */
export interface Errand<K extends TargetKind> {
  readonly letter: Letter;
  readonly target: TargetOf<K>;
  /** Address of the project's repository. */
  readonly repo: string;
  /** Mail addresses of those whom the notice is to. */
  readonly addresses: readonly string[];
}

/** The secrets of one errand. */
export interface ErrandSecrets extends Secrets {
  /** The text with `***` for what was read, whole or in its parts, in any of the forms that programs write it in. */
  hide(text: string): string;
}

/** One way to reach people, or a program of theirs. */
export interface LetterCarrier<K extends TargetKind> {
  /**
   * Resolves where the target has taken the letter, perhaps not for the first time. Errors: `EGRESS_FAILED`, with
   * `retryAfterMs` in its details where the target asks for time; `EGRESS_REFUSED`, `NOTICE_REFUSED` and those of the
   * secrets, where to try again is in vain.
   */
  carry(errand: Errand<K>, secrets: ErrandSecrets): Promise<void>;
}

export type LetterCarriers = { readonly [K in TargetKind]: LetterCarrier<K> };
