import type { Environments } from '../../../domain/ports/environments.js';
import type { Launcher } from '../../../domain/ports/launcher.js';

export interface ApplicationDeps {
  readonly environments: Environments;
  readonly launcher: Launcher;
}

/** One attempt at something with an application. */
export interface ApplicationWork {
  /** An empty folder for this attempt, whose way down from the root is open to others. */
  readonly folder: string;
  /** Key and fence for the launcher, such as `release/<release id>`. */
  readonly launch: { readonly key: string; readonly fence: number };
  readonly signal: AbortSignal;
}

const mebibyte = 1024 * 1024;

/** For the application's own tests. */
export const testLimits = {
  wallMs: 5 * 60_000,
  memoryBytes: 1024 * mebibyte,
  diskBytes: 512 * mebibyte,
  processes: 128,
  outputBytes: 4 * mebibyte,
} as const;

/** For a few rows through the application. */
export const askLimits = {
  wallMs: 60_000,
  memoryBytes: 512 * mebibyte,
  diskBytes: 256 * mebibyte,
  processes: 64,
  outputBytes: mebibyte,
} as const;
