/** A word to people. What it is about stands in a row before; this only makes them look. */
export interface Notification {
  /** Accounts. */
  readonly to: readonly string[];
  readonly project: string;
  /** What it is about: an approval id. */
  readonly about: string;
  /** One sentence. */
  readonly text: string;
}

/** Ways to reach people. Error: `PART_UNAVAILABLE`. */
export interface Notifier {
  tell(notification: Notification): Promise<void>;
}
