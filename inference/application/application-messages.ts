/** What an application is asked to do with rows. */
export type ApplicationStage = 'sample' | 'preprocess' | 'postprocess';

/** Rows of one request; for `sample`, of the dataset of the model. For `postprocess` each row is what the client sent, with the prediction for it. */
export interface ApplicationCall {
  readonly stage: ApplicationStage;
  readonly model: { readonly name: string; readonly version: string };
  readonly rows: readonly CallRow[];
}

export interface CallRow {
  /** As the client sent it. */
  readonly row: unknown;
  /** As `preprocess` made it; absent before. */
  readonly modelRow?: unknown;
  /** What the model answers; absent before. */
  readonly prediction?: unknown;
}

/** For one row: what the application made of it, what it has against it, or how it broke on it; in one line. */
export type RowOutcome =
  | { readonly value: unknown }
  | { readonly refused: string }
  | { readonly failed: string };

/** One observation of a metric of the application. */
export type MetricEvent = readonly [metric: string, labels: Readonly<Record<string, string>>, value: number];

export interface CallAnswer {
  /** One a row, in their order. */
  readonly outcomes: readonly RowOutcome[];
  readonly metrics: readonly MetricEvent[];
}

/** `ping` is answered whenever the thread is not held up. */
export type ThreadQuestion =
  | { readonly kind: 'ping' }
  | { readonly kind: 'call'; readonly id: number; readonly call: ApplicationCall };

/** `ready` comes once, or else `broken`, after which the thread ends. */
export type ThreadSaying =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong' }
  | { readonly kind: 'broken'; readonly reason: string }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: CallAnswer };

/** A question in a file, and its answer, for the application in a sandbox. */
export type SandboxQuestion =
  | { readonly ask: 'describe' }
  | { readonly ask: 'call'; readonly call: ApplicationCall };
export type SandboxAnswer =
  | { readonly kind: 'described'; readonly description: unknown }
  | { readonly kind: 'answered'; readonly answer: CallAnswer }
  | { readonly kind: 'broken'; readonly reason: string };
