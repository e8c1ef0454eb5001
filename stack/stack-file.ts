import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { RatchetError } from '../domain/errors/ratchet-error.js';
import { processIdentityShape } from '../machine/process-identity.js';
import { writeAtomically } from '../machine/write-atomically.js';

export const partStates = ['starting', 'ready', 'restarting', 'stopped', 'given'] as const;

const partShape = z.object({
  state: z.enum(partStates),
  process: processIdentityShape.nullable(),
  /** Where it answers. */
  address: z.string(),
  /** Where its program was found, or `given` for a part that somebody else runs. */
  source: z.string(),
  restarts: z.int().nonnegative(),
  /** How it ended last, for a part that was restarted. */
  lastExit: z.string().nullable(),
});

const postgresHomeShape = z.object({
  /** Folder of `postgres` and `initdb`. */
  binaries: z.string(),
  data: z.string(),
  /** Folder outside the state folder that holds a copy, or null. */
  outside: z.string().nullable(),
  /** Why it is outside; empty where it is not. */
  reason: z.string(),
});

/** What a stack remembers in its state folder. Nothing in it is secret. */
export const stackFileShape = z.object({
  version: z.literal(1),
  phase: z.enum(['starting', 'ready', 'stopping', 'stopped']),
  supervisor: processIdentityShape.nullable(),
  startedAt: z.iso.datetime(),
  processes: z.boolean(),
  urls: z.record(z.string(), z.string()),
  ports: z.record(z.string(), z.int()),
  parts: z.record(z.string(), partShape),
  postgresHome: postgresHomeShape.nullable(),
});

export type StackFile = z.infer<typeof stackFileShape>;
export type PartRecord = z.infer<typeof partShape>;
export type PartState = (typeof partStates)[number];
export type PostgresHome = z.infer<typeof postgresHomeShape>;

/** The record of a state folder; undefined where there is none. Error: `CONFLICT` for a file that is not one. */
export function readStackFile(path: string): StackFile | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return stackFileShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new RatchetError(
      'CONFLICT',
      `${path} is not a stack file that this version can read; move it away, or start with --fresh`,
      { path },
      { cause },
    );
  }
}

export function writeStackFile(path: string, file: StackFile): void {
  writeAtomically(path, `${JSON.stringify(file, null, 2)}\n`, 0o644);
}
