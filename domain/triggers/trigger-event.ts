import type { CauseKind } from '../names.js';

/** What an event says of itself, by its kind. Small, and never a secret. */
export type CauseFacts =
  | PushFacts
  | ScheduleFacts
  | NewDataFacts
  | MonitoringFacts
  | CustomFacts
  | { readonly kind: 'promotion'; readonly version: number }
  | { readonly kind: 'manual'; readonly reason: string | null };

export interface PushFacts {
  readonly kind: 'push';
  readonly ref: string;
  /** Full commit id of the head that was handled. */
  readonly commit: string;
  /** The head that was handled before; null for the first, or where it is gone. */
  readonly before: string | null;
  readonly author: string;
  readonly subject: string;
  /** Changed files that made the model train, at most 20, and how many there are. */
  readonly paths: readonly string[];
  readonly files: number;
}

export interface ScheduleFacts {
  readonly kind: 'schedule';
  readonly schedule: string;
  /** Local date and time of the slot, `2026-03-29T02:30`, without an offset: it names the slot. */
  readonly slot: string;
  readonly timeZone: string;
  readonly variant: string | null;
}

export interface NewDataFacts {
  readonly kind: 'new-data';
  readonly name: string;
  readonly source: string;
  /** Watermarks; null where nothing was taken before. */
  readonly from: string | null;
  readonly to: string;
  readonly rows: number;
  /** Rows behind `from`, inside of the declared lateness, that were not there when it was confirmed. */
  readonly late: number;
  /** All rows inside of the lateness behind `to`: what is late from then on is what comes on top of them. */
  readonly inLateness: number;
}

export interface MonitoringFacts {
  readonly kind: 'monitoring';
  readonly alarm: string;
  readonly rule: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly endpoint: string | null;
}

export interface CustomFacts {
  readonly kind: 'event';
  readonly name: string;
  readonly source: string;
  readonly id: string;
  /** As canonical text of JSON, at most 4 KiB; null where it was longer. */
  readonly payload: string | null;
}

/** Something that may start a run of a model. Once per project, model and key. */
export interface TriggerEvent {
  readonly id: string;
  readonly project: string;
  readonly model: string;
  readonly kind: CauseKind;
  /**
   * What it is, wherever it comes from: `push:<commit>`, `push:<commit>:serving` of serving code,
   * `schedule:<name>:<slot>`, `new-data:<name>:<to>`.
   */
  readonly key: string;
  /** Account or author; null where no person is behind it. */
  readonly by: string | null;
  /** Its logical time: the slot's, the commit's, the alarm's. */
  readonly at: string;
  readonly facts: CauseFacts;
  readonly receivedAt: string;
  /** How often it came again. */
  readonly repeats: number;
  /** Since when the run that it asks for is announced; null where it is not. */
  readonly proposedAt: string | null;
  readonly outcome: EventOutcome | null;
  readonly settledAt: string | null;
}

/** By which rule an event starts nothing. */
export const suppressRules = [
  'turned-off',
  'filter',
  'cool-down',
  'budget',
  'veto',
  'held',
  'no-such-time',
  'superseded',
  'no-pipeline',
] as const;
export type SuppressRule = (typeof suppressRules)[number];

/** What became of an event. */
export type EventOutcome =
  | { readonly kind: 'started'; readonly runId: string }
  /** Is a cause of a run that another event started. */
  | { readonly kind: 'merged'; readonly runId: string }
  | { readonly kind: 'suppressed'; readonly rule: SuppressRule; readonly reason: string };
