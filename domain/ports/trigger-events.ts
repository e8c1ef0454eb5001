import type { CauseKind } from '../names.js';
import type { EventOutcome, TriggerEvent } from '../triggers/trigger-event.js';

export type NewTriggerEvent = Pick<
  TriggerEvent,
  'project' | 'model' | 'kind' | 'key' | 'by' | 'at' | 'facts'
> & {
  /** Set where it starts nothing from the beginning. */
  readonly outcome?: EventOutcome;
};

/** What a person stops: nothing automatic starts until it is released. */
export interface Hold {
  readonly project: string;
  readonly model: string;
  readonly by: string;
  readonly reason: string;
  readonly since: string;
}

/** What automatic runs of a model have used. */
export interface UsedBudget {
  readonly runs: number;
  readonly computeMinutes: number;
}

/** An open run that events started. */
export interface InFlight {
  readonly runId: string;
  readonly startedAt: string;
}

/** All that is known of a model's line when its events are decided. */
export interface LineState {
  /** Pending events, oldest first, at most `limit`. */
  readonly pending: readonly TriggerEvent[];
  readonly inFlight: readonly InFlight[];
  /** When, by the clock of the lines, the newest run started that no person asked for. */
  readonly lastAutomaticAt: string | null;
  /** When a person last stopped one that was announced. */
  readonly lastVetoedAt: string | null;
  readonly used: UsedBudget;
  readonly hold: Hold | null;
}

/** A run that begins with the decision about its causes, in the same transaction. */
export interface StartedRun {
  readonly id: string;
  readonly ref: string;
  readonly variant: string | null;
  /** Whether no person asked for it. */
  readonly automatic: boolean;
  /** When it starts by the clock of the lines, ISO-8601. */
  readonly clockAt: string;
  readonly causes: readonly TriggerEvent[];
}

export interface EventFilter {
  readonly project?: string;
  readonly projects?: readonly string[];
  readonly model?: string;
  readonly kind?: CauseKind;
  readonly key?: string;
  readonly outcome?: EventOutcome['kind'] | 'pending';
  readonly runId?: string;
  /** 1 to 200, default 50. */
  readonly limit?: number;
  /** Opaque, from the page before. */
  readonly after?: string;
}

/** Rows of what may start runs. The row first, then the message: a model's line claims them in batches. */
export interface TriggerStore {
  /** Idempotent by project, model and key: one that is there has its repeats counted. Error: `PROJECT_NOT_FOUND`. */
  record(
    events: readonly NewTriggerEvent[],
  ): Promise<{ readonly recorded: number; readonly repeated: number }>;
  /** `since` begins the seven days that `used` is about, by the clock of the lines. */
  line(
    at: { readonly project: string; readonly model: string },
    asked: { readonly limit: number; readonly since: string },
  ): Promise<LineState>;
  /**
   * Writes what was decided, and the run that starts, in one transaction. An event that is settled stays as it is; where
   * one of the causes of the run is, or the run is automatic and the model is held, nothing is written and the answer is
   * false. A run that these causes have started already is true again: the first answer may have been lost on its way.
   * Error: `CONFLICT` where another run has its id.
   */
  settle(
    at: { readonly project: string; readonly model: string },
    decided: {
      readonly outcomes: readonly { readonly id: string; readonly outcome: EventOutcome }[];
      readonly proposed: readonly string[];
      readonly run: StartedRun | null;
    },
  ): Promise<boolean>;
  /** Settles what is announced for a model as stopped by a person; how many events that were. */
  veto(at: { readonly project: string; readonly model: string }, by: string, reason: string): Promise<number>;
  /** Error: `NOT_FOUND`. */
  get(id: string): Promise<TriggerEvent>;
  list(
    filter: EventFilter,
  ): Promise<{ readonly events: readonly TriggerEvent[]; readonly next: string | null }>;
  /** Lines with pending events, for healing a lost message. */
  waiting(): Promise<readonly { readonly project: string; readonly model: string }[]>;

  /** The same again replaces who and why. No automatic run begins once it has answered. Error: `PROJECT_NOT_FOUND`. */
  hold(hold: Omit<Hold, 'since'>): Promise<Hold>;
  /** The hold that is over. Error: `CONFLICT` where it is not held. */
  release(at: { readonly project: string; readonly model: string }, by: string): Promise<Hold>;
  holds(project: string): Promise<readonly Hold[]>;
}
