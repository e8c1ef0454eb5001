import { z } from 'zod';
import type { IsolationTier, LaunchLimits } from '../../../domain/ports/launcher.js';

/** What the supervisor (sandbox/main.py) reads as its first line on stdin. */
export interface SupervisorSpec {
  readonly tier: IsolationTier;
  /** This process: the supervisor ends its run when another one has become its parent. */
  readonly parent: number;
  /** File that records who holds the key; null for a probe. */
  readonly lease: string | null;
  readonly key: string;
  readonly fence: number;
  /** Folder for the folders of runs. */
  readonly scratch: string;
  readonly uidBase: number;
  readonly uidCount: number;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly readOnly: readonly string[];
  readonly writable: readonly string[];
  readonly devices: readonly string[];
  readonly network: 'none' | 'full';
  readonly limits: Omit<LaunchLimits, 'outputBytes'>;
  readonly graceMs: number;
}

/** Ends what is left of a run whose supervisor was killed. */
export interface EndUserSpec {
  readonly endUser: number;
}

const limit = z.enum(['wall', 'memory', 'disk', 'processes', 'output']);

const started = z.object({ event: z.literal('started'), pid: z.int(), uid: z.int().nullable() });

const ended = z.object({
  event: z.literal('ended'),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  limit: limit.nullable(),
  cancelled: z.boolean(),
  superseded: z.boolean(),
  wallMs: z.number(),
  peakMemoryBytes: z.number(),
});

const refused = z.object({
  event: z.literal('refused'),
  kind: z.enum(['tier', 'lease', 'program', 'setup']),
  message: z.string(),
});

/** One line of what the supervisor tells. */
export const supervisorEvent = z.discriminatedUnion('event', [started, ended, refused]);

export type SupervisorStarted = z.infer<typeof started>;
export type SupervisorEnded = z.infer<typeof ended>;
export type SupervisorRefused = z.infer<typeof refused>;
