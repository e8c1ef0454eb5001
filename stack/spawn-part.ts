import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** How a part is started. */
export interface PartCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** User to run as, where we are root and the part must not be. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Starts a part in a session of its own, so that Ctrl-C reaches the supervisor alone, which then stops parts in
 * order. Where the system's `setpriv` can, the part gets `deathSignal` from the kernel if the supervisor dies.
 */
export function spawnPart(command: PartCommand, deathSignal: NodeJS.Signals): ChildProcess {
  const [program, args] = canTieToParent()
    ? ['setpriv', ['--pdeathsig', deathSignal.replace(/^SIG/, ''), '--', command.program, ...command.args]]
    : [command.program, [...command.args]];
  return spawn(program, args, {
    env: command.env,
    cwd: command.cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...command.user,
  });
}

let tied: boolean | undefined;

/** Whether the kernel can end a part with its supervisor. */
export function canTieToParent(): boolean {
  tied ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return tied;
}

/** The little that a foreign part needs to know of our environment. */
export function bareEnvironment(home: string): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8', TZ: 'UTC' };
}
