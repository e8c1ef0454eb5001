import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandLine, endProcess, identify, isAlive } from '../../machine/process-identity.js';

function started(args: readonly string[]) {
  const child = spawn(args[0] ?? '', args.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });
  const identity = identify(child.pid ?? 0);
  if (identity === undefined) throw new Error('it did not start');
  return { child, identity };
}

describe('identify', () => {
  it('finds a process by its number and its start', () => {
    const own = identify(process.pid);
    expect(own?.pid).toBe(process.pid);
    expect(own !== undefined && isAlive(own)).toBe(true);
  });

  it('knows that a number is another process now', () => {
    const own = identify(process.pid);
    if (own === undefined) throw new Error('this process is not there');
    expect(isAlive({ ...own, startTicks: '1' })).toBe(false);
    expect(isAlive({ ...own, bootId: 'an earlier boot' })).toBe(false);
  });

  it('is undefined for a number that nobody has', () => {
    expect(identify(2 ** 22 + 1)).toBeUndefined();
    expect(commandLine(2 ** 22 + 1)).toEqual([]);
  });
});

describe('endProcess', () => {
  it('ends one that heeds the signal', async () => {
    const { identity } = started(['sleep', '60']);
    expect(await endProcess(identity, 'SIGTERM', 5000)).toBe(true);
    expect(isAlive(identity)).toBe(false);
  });

  it('ends one that does not heed it with SIGKILL', async () => {
    const { child, identity } = started([
      'sh',
      '-c',
      'trap "" TERM; echo armed; while :; do sleep 0.1; done',
    ]);
    await new Promise((armed) => child.stdout?.once('data', armed));
    expect(await endProcess(identity, 'SIGTERM', 200)).toBe(true);
    expect(isAlive(identity)).toBe(false);
  });

  it('does nothing to a process that has got the number since', async () => {
    const { child, identity } = started(['sleep', '60']);
    expect(await endProcess({ ...identity, startTicks: '1' }, 'SIGKILL', 100)).toBe(false);
    expect(isAlive(identity)).toBe(true);
    child.kill('SIGKILL');
  });
});
