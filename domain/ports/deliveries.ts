/** Which form a delivery has. */
export const hookForms = [
  'github',
  'gitlab',
  'gitea',
  'bitbucket',
  'standard-webhooks',
  'cloudevents',
] as const;
export type HookForm = (typeof hookForms)[number];

/** What a delivery says, as far as it matters here. */
export type DeliveryContent =
  | {
      readonly kind: 'push';
      /** Full name, `refs/heads/main`. */
      readonly ref: string;
      /** Null where the ref was made, or deleted. */
      readonly before: string | null;
      readonly after: string | null;
    }
  | {
      readonly kind: 'event';
      readonly name: string;
      readonly source: string;
      readonly id: string;
      readonly at: string;
      readonly payload: unknown;
    }
  /** A ping, a pull request, a tag: known, and nothing to do. */
  | { readonly kind: 'other'; readonly what: string };

export const deliveryStatuses = ['pending', 'handled', 'ignored'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A verified webhook. */
export interface Delivery {
  /** `<form>:<id of the sender>`, unique in its project. */
  readonly id: string;
  readonly project: string;
  readonly form: HookForm;
  readonly content: DeliveryContent;
  readonly receivedAt: string;
  /** How often it came again. */
  readonly repeats: number;
  readonly status: DeliveryStatus;
  /** What became of it, in words. */
  readonly result: string | null;
  readonly handledAt: string | null;
}

/** Webhooks as they came in, once each. */
export interface DeliveryStore {
  /**
   * Idempotent by project and id: one that is there has its repeats counted, whatever it says this time. Errors:
   * `PROJECT_NOT_FOUND`, and `REQUEST_INVALID` for an id of more than 200 characters or a content of more than 64 KiB.
   */
  store(
    delivery: Pick<Delivery, 'id' | 'project' | 'form' | 'content'>,
  ): Promise<{ readonly delivery: Delivery; readonly created: boolean }>;
  /** Oldest first; none of the projects in `without`. */
  pending(limit: number, without?: readonly string[]): Promise<readonly Delivery[]>;
  /** One that is handled stays as it is. */
  finish(
    at: { readonly project: string; readonly id: string },
    status: 'handled' | 'ignored',
    result: string,
  ): Promise<void>;
  /** Newest first. */
  list(project: string, limit: number): Promise<readonly Delivery[]>;
  /** Forgets what was handled before then; how many. */
  forget(before: string): Promise<number>;
}
