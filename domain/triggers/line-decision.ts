import type { BudgetsConfig } from '../config/tracking.js';
import type { TriggersConfig } from '../config/triggers.js';
import type { LineState } from '../ports/trigger-events.js';
import type { IncidentRecord } from '../ports/watches.js';
import type { EventOutcome, TriggerEvent } from './trigger-event.js';

/** What a model's line asks when it was woken. */
export interface LineQuestion {
  readonly state: LineState;
  readonly settings: LineSettings;
  /** Instant, ISO-8601. */
  readonly now: string;
  /** Instant by which cool-downs and budgets are reckoned. Default: `now`. */
  readonly clock?: string;
  /** Id that a run gets if one starts. */
  readonly runId: string;
}

export interface LineSettings {
  readonly triggers: TriggersConfig;
  readonly budgets: BudgetsConfig;
  readonly rolloutInFlight: boolean;
  /** The open incident that says that the data of the model is wrong; null where there is none. */
  readonly blockedBy: Pick<IncidentRecord, 'id' | 'kind' | 'endpoint'> | null;
}

/**
 * What is done with the pending events of a line. Each of them has one outcome, or stays pending and is in what
 * `waitsFor` says. Plain JSON. After a decision that settles something the state is read and decided again: it may
 * have held only some of the events.
 */
export interface LineDecision {
  readonly outcomes: readonly { readonly id: string; readonly outcome: EventOutcome }[];
  /** Events whose run is announced from now on. */
  readonly proposed: readonly string[];
  readonly start: RunStart | null;
  /** Run in flight that is cancelled. */
  readonly cancel: string | null;
  /** When to decide again if nothing else wakes the line: later than now; null where only a message can change anything. */
  readonly wakeAt: string | null;
  /** What each event that stays pending waits for. */
  readonly waits: readonly EventWait[];
  /** What the events that stay pending wait for, in words that stand after "waits for"; null where none stays. */
  readonly waitsFor: string | null;
}

/** Why one event stays pending. */
export interface EventWait {
  readonly id: string;
  /** In words that stand after "waits for". */
  readonly why: string;
  /** Instant; null where only a message ends it. */
  readonly until: string | null;
}

/** A run that starts with the decision. */
export interface RunStart {
  readonly id: string;
  /** Of the newest push among the causes; null for the head of the ref that the project tracks. */
  readonly commit: string | null;
  readonly variant: string | null;
  /** Whether no person is behind any of the causes. */
  readonly automatic: boolean;
  /** All of them. The first has the outcome `started`, the others `merged`. */
  readonly causes: readonly TriggerEvent[];
  /** The cancelled run, whose causes are causes of this one too. */
  readonly replaces: string | null;
}
