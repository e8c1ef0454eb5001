import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine runs something under the same name. The lock is a listening
 * socket without a file, so that a killed process leaves none behind.
 */
export async function withLock(name, work) {
  const server = await acquire(
    `\0ratchet-script-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`,
  );
  try {
    return await work();
  } finally {
    await new Promise((done) => server.close(done));
  }
}

async function acquire(path) {
  for (;;) {
    const server = createServer((socket) => socket.destroy());
    const free = await new Promise((resolve, reject) => {
      server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
      server.listen(path, () => resolve(true));
    });
    if (free) return server;
    await sleep(100);
  }
}
