import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdFileLock } from '../../../../activities/adapters/processes/hold-file-lock.js';
import { runProgram } from '../../../../activities/adapters/processes/run-program.js';
import { startProgram } from '../../../../activities/adapters/processes/start-program.js';

let folder: string;
const file = () => join(folder, 'new folder', 'a.lock');
const env = { PATH: process.env['PATH'] ?? '' };
/** Whether another process could have the lock now. */
const isFree = async () => {
  const args = ['--nonblock', file(), 'true'];
  const end = await runProgram({ command: 'flock', args, env, timeoutMs: 10_000, maxOutputBytes: 1000 });
  return end.exitCode === 0;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file lock', () => {
  it('keeps other processes out until it is released', async () => {
    const lock = await holdFileLock(file());
    expect(await isFree()).toBe(false);
    await lock.release();
    expect(await isFree()).toBe(true);
  });

  it('is held by one at a time in this process too', async () => {
    let inside = 0;
    let most = 0;
    const work = async () => {
      const lock = await holdFileLock(file());
      inside += 1;
      most = Math.max(most, inside);
      await sleep(10);
      inside -= 1;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(most).toBe(1);
  });

  it('is free again when its holder is killed', async () => {
    const lock = await holdFileLock(file());
    await lock.release();
    const args = [file(), '--command', 'echo held; exec sleep 60'];
    const holder = startProgram({ command: 'flock', args, env, timeoutMs: 60_000 });
    await once(holder.stdout, 'data');
    const waiting = holdFileLock(file());
    expect(await isFree()).toBe(false);
    holder.stop('aborted');
    await (await waiting).release();
    expect(await isFree()).toBe(true);
  });

  it('stays held by a program that was given it, when we let go', async () => {
    const lock = await holdFileLock(file());
    const program = startProgram({
      command: 'sleep',
      args: ['60'],
      env,
      timeoutMs: 60_000,
      keepOpen: lock.fd,
    });
    await lock.release();
    expect(await isFree()).toBe(false);
    program.stop('aborted');
    await program.end;
    expect(await isFree()).toBe(true);
  });

  it('is no longer waited for after an abort', async () => {
    const lock = await holdFileLock(file());
    const controller = new AbortController();
    const waiting = holdFileLock(file(), controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await lock.release();
    expect(await isFree()).toBe(true);
  });
});
