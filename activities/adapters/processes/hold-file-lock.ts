import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import { runProgram } from './run-program.js';

/** A lock among all processes of this machine. A child given `fd` keeps it held even when this process is killed. */
export interface FileLock {
  readonly fd: number;
  release(): Promise<void>;
}

const longestWaitMs = 3_600_000;

/**
 * Waits for the lock on a file and holds it until `release`. It is the kernel's lock on the open file, so it is never
 * stale: it ends with the last process that has the file open. The lock file itself stays.
 *
 * Errors: `PART_MISSING` without `flock` (util-linux), `PART_UNAVAILABLE` after an hour, the signal's reason.
 */
export async function holdFileLock(path: string, signal?: AbortSignal): Promise<FileLock> {
  signal?.throwIfAborted();
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'a', 0o644);
  try {
    // flock(1) locks the open file behind its descriptor 3, which is ours too, and leaves the lock with us.
    const end = await runProgram({
      command: 'flock',
      args: ['--exclusive', '3'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
      keepOpen: handle.fd,
      timeoutMs: longestWaitMs,
      maxOutputBytes: 1024,
      ...(signal === undefined ? {} : { signal }),
    });
    signal?.throwIfAborted();
    if (end.exitCode !== 0) {
      throw new RatchetError('PART_UNAVAILABLE', `the lock ${path} was not free: ${end.stderr.trim()}`);
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { fd: handle.fd, release: () => handle.close() };
}
