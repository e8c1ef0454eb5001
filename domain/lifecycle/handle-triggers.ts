/** The line of one model: its events, one run at a time. */
export interface LineName {
  readonly project: string;
  readonly model: string;
}

export interface HandleTriggersInput extends LineName {
  /** Length of a history after which the next begins; for tests. */
  readonly continueAfterEvents?: number;
}

/** What a line does next, decided and written. */
export interface LineStep {
  /** The run that begins; its row is there. */
  readonly start: { readonly runId: string } | null;
  /** The run that makes way for another. */
  readonly cancel: string | null;
  /** When it looks again though nobody wakes it; null where only a message can change something. */
  readonly wakeAt: string | null;
  /** Whether the model is no longer one of the project, and nothing of it is open. */
  readonly isGone: boolean;
}
