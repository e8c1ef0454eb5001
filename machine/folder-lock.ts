import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Held until `release`, or until the process ends, however it ends. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a lock named after a folder and a purpose; undefined where another process of this machine has it. The lock
 * is a listening socket without a file: the kernel lets go of it, so it is never stale. It holds among processes that
 * share a network namespace.
 */
export function tryLock(folder: string, purpose: string): Promise<FolderLock | undefined> {
  const digest = createHash('sha256').update(`${purpose}\n${folder}`).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(`\0ratchet-${digest}`, () => {
      server.unref();
      resolve({ release: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

/** Waits for the lock; `onWait` is called once if another process has it. */
export async function lock(folder: string, purpose: string, onWait?: () => void): Promise<FolderLock> {
  let waited = false;
  for (;;) {
    const held = await tryLock(folder, purpose);
    if (held !== undefined) return held;
    if (!waited) onWait?.();
    waited = true;
    await sleep(100);
  }
}
