import type { CauseKind, RunStatus, StepStatus } from '../names.js';
import type { CauseFacts } from '../triggers/trigger-event.js';

export interface Cause {
  readonly kind: CauseKind;
  /** Who or what, in words; never a secret. */
  readonly by?: string;
  readonly at: string;
  /** Id of the trigger event that it is; absent where the run was asked for without one. */
  readonly event?: string;
  /** What that event says. */
  readonly facts?: CauseFacts;
  /** How many events of its kind are causes too, and not listed. */
  readonly more?: number;
  /** The round that it began, where it resumed the run; absent where it started it. */
  readonly round?: number;
}

/** Who resumes a run, and when they asked for it: the same two are the same resume. */
export interface Resume {
  readonly by: string;
  readonly at: string;
}

/** One training of one model, from submission to its end. `id` outlives Temporal's own run ids. */
export interface RunRecord {
  readonly id: string;
  readonly project: string;
  readonly model: string;
  readonly ref: string;
  readonly variant: string | null;
  /** Full commit id; null until it is resolved. */
  readonly commit: string | null;
  readonly status: RunStatus;
  readonly reason: string | null;
  /** In their order, those of resumes last. None is ever taken away. */
  readonly causes: readonly Cause[];
  readonly createdAt: string;
  readonly endedAt: string | null;
  /** How often it was resumed. */
  readonly round: number;
  /** Whether no person asked for it. */
  readonly automatic: boolean;
  /** When it was last resumed: its steps that began before are of an earlier round. Null where it never was. */
  readonly reopenedAt: string | null;
}

/** What a running step waits for. */
export interface Waiting {
  /** Such as `capacity: gpu`. */
  readonly for: string;
  readonly since: string;
  readonly until: string | null;
  /** What a person can do. */
  readonly advice: string | null;
}

export interface StepRecord {
  readonly name: string;
  readonly status: StepStatus;
  readonly attempt: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly ms: number | null;
  /** Digest by part (`code`, `configuration`, `dataset`, `environment` ...): what the result depends on. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly reason: string | null;
  readonly progress: string | null;
  readonly waiting: Waiting | null;
  /** Process that works on it: `host/pid/start time`. */
  readonly worker: string | null;
}

/** A point of a series that the training code reports while it runs. */
export interface MetricPoint {
  readonly name: string;
  readonly step: number;
  readonly value: number;
  readonly at: string;
}

export interface RunFilter {
  readonly project?: string;
  /** Only of these; also where `project` names one. */
  readonly projects?: readonly string[];
  readonly model?: string;
  readonly status?: RunStatus;
  /** Metric to sort by, best first by `direction`, runs without it last; absent: newest first. */
  readonly sortBy?: { readonly metric: string; readonly direction: 'higher' | 'lower' };
  /** 1 to 200, default 50. */
  readonly limit?: number;
  /** Opaque, from the page before. */
  readonly after?: string;
}

export interface RunPage {
  readonly runs: readonly (RunRecord & {
    readonly step: string | null;
    readonly metrics: Readonly<Record<string, number>>;
  })[];
  readonly next: string | null;
}

/** What a gate refused: a row a person can read. */
export interface Refusal {
  readonly what: string;
  readonly rule: string;
  readonly actual: string;
  readonly limit: string;
}

/** What runs used of a step. */
export interface StepTime {
  /** That began in the span, whether they had the step or not. */
  readonly runs: number;
  readonly ms: number;
}

export interface RunStore {
  /**
   * Idempotent by id; `created: false` where the run was there. Errors: `PROJECT_NOT_FOUND`, and `CONFLICT` where the id
   * belongs to a run of another model. A person asked for it, unless it says `automatic`.
   */
  create(
    run: Pick<RunRecord, 'id' | 'project' | 'model' | 'ref' | 'variant' | 'causes'> &
      Partial<Pick<RunRecord, 'automatic'>>,
  ): Promise<{ run: RunRecord; created: boolean }>;
  /** Error: `RUN_NOT_FOUND`. */
  get(id: string): Promise<RunRecord>;
  /** An open run is listed, and found, as `waiting` while none of its steps is worked on. */
  list(filter: RunFilter): Promise<RunPage>;
  setCommit(id: string, commit: string): Promise<void>;
  /**
   * An ended run keeps its end, unless `reopen` begins a new round. With a run that fails, is refused or cancelled its
   * open steps end too.
   */
  setStatus(id: string, status: RunStatus, reason: string | null): Promise<void>;
  /**
   * Begins a new round of an ended run at `ref`: open again, its commit to be resolved anew, its refusals gone, and who
   * resumes it one cause more. The same resume again changes nothing. Error: `CONFLICT` where it is open.
   */
  reopen(id: string, ref: string, resume: Resume): Promise<RunRecord>;

  steps(runId: string): Promise<readonly StepRecord[]>;
  /**
   * Begins an attempt. An older attempt's later writes are refused with `LEASE_LOST`, and so is a beginning in a run that
   * failed, was refused or cancelled, and of an attempt that was scheduled before the one that holds the step: it was
   * held up on its way and must not take the step from its successor. Returns the fencing number.
   */
  beginStep(step: {
    runId: string;
    name: string;
    attempt: number;
    worker: string;
    /** When Temporal scheduled the attempt, by its clock. */
    scheduledAt?: string;
  }): Promise<number>;
  /** Progress, waiting, inputs of the attempt that holds `fence`. */
  updateStep(
    runId: string,
    name: string,
    fence: number,
    change: Partial<Pick<StepRecord, 'progress' | 'waiting' | 'inputs'>>,
  ): Promise<void>;
  /** Ends the attempt; a result is kept with the inputs it depends on: those given here, or else told before. */
  endStep(
    runId: string,
    name: string,
    fence: number,
    end: {
      status: StepStatus;
      reason: string | null;
      inputs?: StepRecord['inputs'];
      result?: unknown;
    },
  ): Promise<void>;
  /** The stored result of a step whose inputs were equal, of this run. */
  storedResult(
    runId: string,
    name: string,
    inputs: Readonly<Record<string, string>>,
  ): Promise<{ readonly result: unknown } | undefined>;
  /** A step that did not take part, with its reason. */
  skipStep(runId: string, name: string, reason: string): Promise<void>;

  appendMetrics(runId: string, points: readonly MetricPoint[]): Promise<void>;
  metrics(runId: string): Promise<readonly MetricPoint[]>;
  /** Final numbers by which runs are listed and compared. */
  putScores(runId: string, scores: Readonly<Record<string, number>>): Promise<void>;
  scores(runId: string): Promise<Readonly<Record<string, number>>>;
  putRefusals(runId: string, refusals: readonly Refusal[]): Promise<void>;
  refusals(runId: string): Promise<readonly Refusal[]>;
  /** Where the step's log lies. */
  putLog(runId: string, step: string, log: { uri: string; sha256: string; bytes: number }): Promise<void>;
  logs(runId: string): Promise<
    readonly {
      readonly step: string;
      readonly uri: string;
      readonly sha256: string;
      readonly bytes: number;
    }[]
  >;
  /**
   * What runs of a model used of a step that began in a span, by the clock that lines go by: all attempts, one that is not
   * over till now, and one that never said its end till the next began. Results that were taken over used nothing.
   */
  timeOfStep(asked: {
    readonly project: string;
    readonly model: string;
    readonly step: string;
    readonly from: string;
    readonly to: string;
  }): Promise<StepTime>;
  /** Runs that say `running` or `waiting`. */
  open(): Promise<readonly RunRecord[]>;
}
