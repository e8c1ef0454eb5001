/** Of what a schedule of the server makes an event. */
export const scheduleKinds = ['slot', 'source', 'refs'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** A schedule as it was last written to the server, so that a change by hand is seen. */
export interface DeclaredSchedule {
  /** Its id on the server, as `workflowIds` has it. */
  readonly id: string;
  readonly project: string;
  /** Null for one of the whole project. */
  readonly model: string | null;
  /** Key in the model's file; null for one of the whole project. */
  readonly name: string | null;
  readonly kind: ScheduleKind;
  /** Digest of what the repository says. */
  readonly declared: string;
  /** Digest of what the server said of it then. */
  readonly described: string;
}

/** A timetable that a person stopped, or a failed run whose schedule pauses on failure. */
export interface SchedulePause {
  readonly id: string;
  readonly project: string;
  readonly by: string;
  readonly reason: string;
  readonly since: string;
}

/** What is known of the server's schedules. */
export interface ScheduleStore {
  /** By id. */
  list(project: string): Promise<readonly DeclaredSchedule[]>;
  put(schedule: DeclaredSchedule): Promise<void>;
  remove(project: string, id: string): Promise<void>;
  /** The same again replaces the reason. */
  pause(pause: Omit<SchedulePause, 'since'>): Promise<SchedulePause>;
  /** The pause that is over. Error: `CONFLICT` where it is not paused. */
  resume(at: Pick<SchedulePause, 'id' | 'project'>, by: string): Promise<SchedulePause>;
  pauses(project: string): Promise<readonly SchedulePause[]>;
}
