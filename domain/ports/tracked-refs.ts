import type { NewTriggerEvent } from './trigger-events.js';

/** How far a ref of a project was followed. */
export interface TrackedRef {
  readonly project: string;
  /** Full name, `refs/heads/main`. */
  readonly ref: string;
  /** Head that was handled; null where the ref is gone. */
  readonly commit: string | null;
  readonly handledAt: string;
}

export interface TrackedRefStore {
  get(project: string, ref: string): Promise<TrackedRef | undefined>;
  list(project: string): Promise<readonly TrackedRef[]>;
  /**
   * Moves a ref to a new head and records what that leads to, in one transaction. False, and nothing written, where the
   * ref is not at `from` any more: another one handled it. Error: `PROJECT_NOT_FOUND`.
   */
  move(
    ref: {
      readonly project: string;
      readonly ref: string;
      readonly from: string | null;
      readonly to: string | null;
    },
    events: readonly NewTriggerEvent[],
  ): Promise<boolean>;
}
