/** How strongly a foreign program is held, strongest first. `none` promises nothing against hostile code. */
export const isolationTiers = ['container', 'namespace', 'uid', 'none'] as const;
export type IsolationTier = (typeof isolationTiers)[number];

/** Which tiers work here, and why the stronger ones do not. */
export interface IsolationReport {
  readonly tier: IsolationTier;
  readonly tiers: readonly {
    readonly tier: IsolationTier;
    readonly available: boolean;
    readonly reason: string;
  }[];
  /** What mends it, as a command or a sentence; absent where the strongest is available. */
  readonly mend?: string;
}

export interface LaunchLimits {
  readonly wallMs: number;
  readonly memoryBytes: number;
  /** Bytes that may be written under the writable folders together. */
  readonly diskBytes: number;
  readonly processes: number;
  /** Standard output and error together; more is cut and named. */
  readonly outputBytes: number;
}

/** One foreign program. It sees a clean environment, the folders named here, and nothing else. */
export interface LaunchSpec {
  /** Business key of the work, such as `train/<run id>`: a new attempt ends the process group of an older one. */
  readonly key: string;
  /** Fencing number of the attempt, rising. */
  readonly fence: number;
  /** Program and arguments; a bare program name is looked up in `env.PATH`. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** `PATH`, `HOME`, `TMPDIR` and `LANG` have defaults; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Folders or files, absolute. Where the worker is root a program has a user of its own: what is read must be open to
   * others (`o+rX`).
   */
  readonly readOnly: readonly string[];
  /** Folders, absolute. Where the worker is root they belong to the program's user while it runs. */
  readonly writable: readonly string[];
  /** Device files the program may open beside `/dev/null` and its like, such as `/dev/nvidia0`. */
  readonly devices?: readonly string[];
  readonly network: 'none' | 'full';
  readonly limits: LaunchLimits;
  /** After SIGTERM, how long until SIGKILL. Default 10 s. */
  readonly graceMs?: number;
  /** Least tier that will do; else `ISOLATION_WEAK`. */
  readonly leastTier?: IsolationTier;
  /** Called with whole lines as they come. */
  readonly onLine?: (stream: 'stdout' | 'stderr', line: string) => void;
  /** Full log, both streams interleaved, capped at `outputBytes`. */
  readonly logFile?: string;
}

/** How it ended. `limit` names the limit that ended it; `tail` is the last lines of stderr (at most 4 KiB). */
export interface LaunchResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly limit: 'wall' | 'memory' | 'disk' | 'processes' | 'output' | null;
  readonly cancelled: boolean;
  readonly tier: IsolationTier;
  readonly wallMs: number;
  readonly peakMemoryBytes: number;
  readonly outputCut: boolean;
  readonly tail: string;
}

/** Starts foreign programs: own process group, dies with its parent, limits, no new privileges, best isolation there is. */
export interface Launcher {
  inspect(): Promise<IsolationReport>;
  /** Resolves when every process of the group is gone. Aborting sends SIGTERM, then SIGKILL after the grace time. */
  launch(spec: LaunchSpec, signal?: AbortSignal): Promise<LaunchResult>;
}
