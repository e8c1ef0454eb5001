import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../../db/migrate.js';
import { startStack } from '../../stack/start-stack.js';

/** Lends a server what it is started with to record what it answers: a spool, and a Postgres of its own to deliver to. */
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
    return await work({
      RATCHET_SERVING_RECORD: 'on',
      RATCHET_SERVING_SPOOL_DIR: join(folder, 'spool'),
      DATABASE_SERVING_URL: stack.database.serving ?? '',
    });
  } finally {
    await stack.stop();
  }
}
