/** What the run's stack tells every test process. */
export interface SharedStack {
  readonly stateDir: string;
  /** Environment of a process of ours; `loadConfig(env)` reads it. */
  readonly env: Readonly<Record<string, string>>;
  readonly database: {
    readonly admin: string;
    readonly owner: string;
    readonly app: string;
    readonly serving: string;
  };
  /** Path of Temporal's time-skipping test server. */
  readonly testServer: string;
}
