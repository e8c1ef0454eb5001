import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLauncher } from '../../../../activities/adapters/launcher/create-launcher.js';
import type { IsolationTier, Launcher, LaunchLimits, LaunchSpec } from '../../../../domain/ports/launcher.js';

const MIB = 1024 * 1024;

/** Interpreter of the programs under test. One below a closed home is no use to a user of its own. */
export const programPython = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : pathPython();

/** A script with arguments `$1` onwards. */
export const shell = (script: string, ...args: string[]) => ['/bin/sh', '-c', script, 'sh', ...args];

/** A name for the shim of a version manager is no interpreter. */
export function pathPython(): string {
  return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
}

/** Folders that programs may see beside the system's, for an interpreter that lies elsewhere. */
export const pythonFolders = programPython.startsWith('/usr/') ? [] : [dirname(dirname(programPython))];

export const roomy: LaunchLimits = {
  wallMs: 20_000,
  memoryBytes: 512 * MIB,
  diskBytes: 64 * MIB,
  processes: 64,
  outputBytes: MIB,
};

/** A state directory and an output folder, in a path with a space, open to others as a worker's folders are. */
export interface RunPlace {
  readonly base: string;
  readonly stateDir: string;
  readonly output: string;
  readonly launcher: Launcher;
  spec(command: readonly string[], changes?: Partial<LaunchSpec>): LaunchSpec;
  remove(): Promise<void>;
}

export async function makeRunPlace(tiers?: readonly IsolationTier[]): Promise<RunPlace> {
  const base = await mkdtemp(join(tmpdir(), 'ratchet launch '));
  await chmod(base, 0o755);
  const [stateDir, output] = [join(base, 'state'), join(base, 'output')];
  await Promise.all([mkdir(stateDir), mkdir(output)]);
  const launcher = createLauncher({
    stateDir,
    python: pathPython(),
    ...(tiers === undefined ? {} : { tiers }),
  });
  let fence = 0;
  function spec(command: readonly string[], changes: Partial<LaunchSpec> = {}): LaunchSpec {
    fence += 1;
    return {
      key: 'train/test',
      fence,
      command,
      cwd: output,
      env: { RATCHET_OUTPUT: output },
      readOnly: pythonFolders,
      writable: [output],
      network: 'none',
      limits: roomy,
      graceMs: 500,
      ...changes,
    };
  }
  return { base, stateDir, output, launcher, spec, remove: () => rm(base, { recursive: true, force: true }) };
}

/** Process ids of everything alive whose command line has the marker. */
export async function survivors(marker: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((pid, index) => pid !== process.pid && lines[index]?.includes(marker));
}

/** Asks until it is so, or fails with what it was last. */
export async function eventually<T>(
  look: () => Promise<T>,
  holds: (value: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`still not so after ${withinMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
