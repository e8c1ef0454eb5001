import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../db/migrate.js';
import { startStack } from '../../stack/start-stack.js';
import { below } from './processes.js';

/**
 * Lends a server what it is started with to record what it answers: a spool, and a Postgres of its own to deliver to, which
 * leaves the first core to the server.
 */
export async function withRecording<T>(
  folder: string,
  work: (settings: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  await rm(folder, { recursive: true, force: true });
  const stack = await startStack({
    stateDir: join(folder, 'state'),
    processes: false,
    ui: false,
    fresh: true,
    log: () => undefined,
  });
  try {
    await migrate(stack.database.owner);
    leaveFirstCore();
    return await work({
      RATCHET_SERVING_RECORD: 'on',
      RATCHET_SERVING_SPOOL_DIR: join(folder, 'spool'),
      DATABASE_SERVING_URL: stack.database.serving ?? '',
    });
  } finally {
    await stack.stop();
  }
}

/** What was started so far, and what that starts. */
function leaveFirstCore(): void {
  const cores = availableParallelism();
  if (cores < 2 || process.platform !== 'linux') return;
  for (const pid of below(process.pid))
    execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', `1-${cores - 1}`, String(pid)], {
      stdio: 'ignore',
    });
}
