import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProgramResult, runProgram } from '../processes/run-program.js';
import { type ProgramSpec, type RunningProgram, startProgram } from '../processes/start-program.js';
import { gitEnvironment, gitOptions, type QuietFolder } from './git-environment.js';
import type { RepositoryAddress } from './repository-address.js';

export interface GitCall {
  readonly gitDir: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  /** The repository that may be talked to; absent for calls that only read what is here. */
  readonly address?: RepositoryAddress;
  /** Largest file that the call may write. */
  readonly maxFileBytes?: number;
  readonly keepOpen?: number;
}

/** Runs git with nothing of the machine's configuration. */
export interface GitRunner {
  run(call: GitCall & { readonly input?: string; readonly maxOutputBytes: number }): Promise<ProgramResult>;
  start(call: GitCall): Promise<RunningProgram>;
}

export function createGitRunner(cacheDir: string, caFile?: string): GitRunner {
  let made: Promise<QuietFolder> | undefined;
  const program = async (call: GitCall): Promise<ProgramSpec> => {
    made ??= makeQuietFolder(cacheDir, caFile).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return programOf(call, await made, cacheDir);
  };
  return {
    async run({ input, maxOutputBytes, ...call }) {
      const spec = await program(call);
      return await runProgram({ ...spec, maxOutputBytes, ...(input === undefined ? {} : { input }) });
    },
    start: async (call) => startProgram(await program(call)),
  };
}

function programOf(call: GitCall, quiet: QuietFolder, cwd: string): ProgramSpec {
  const { address, maxFileBytes, keepOpen, timeoutMs } = call;
  const args = [...gitOptions(quiet, call.gitDir, address), ...call.args];
  const base = {
    env: gitEnvironment(quiet, address),
    cwd,
    timeoutMs,
    ...(keepOpen === undefined ? {} : { keepOpen }),
  };
  if (maxFileBytes === undefined) return { ...base, command: 'git', args };
  // The kernel ends a download that grows too large; POSIX counts this limit in blocks of 512 bytes.
  const limited = 'ulimit -c 0 && ulimit -f "$1" && shift && exec git "$@"';
  return {
    ...base,
    command: 'sh',
    args: ['-c', limited, 'sh', String(Math.ceil(maxFileBytes / 512)), ...args],
  };
}

async function makeQuietFolder(cacheDir: string, caFile: string | undefined): Promise<QuietFolder> {
  const empty = join(cacheDir, 'empty');
  await mkdir(empty, { recursive: true });
  const config = join(cacheDir, 'gitconfig');
  const part = `${config}.${randomUUID()}`;
  // Local repositories often belong to another user than the worker. Allowing them at all is a setting of its own,
  // and this is the only place where git looks for the permission when it serves a local fetch.
  await writeFile(part, '[safe]\n\tdirectory = *\n');
  await rename(part, config);
  return { empty, config, caFile };
}
