import { Client, Connection } from '@temporalio/client';
import { type ApiClient, openClient } from '../../cli/open-client.js';
import { type RunningStack, startStack } from '../../stack/start-stack.js';

/** A stack of a benchmark's own, and what it is talked to with. */
export interface BenchStack {
  readonly stack: RunningStack;
  readonly api: ApiClient;
  readonly temporal: Client;
}

/** Settings of a stack that answers one sender as fast as it can. */
export const unlimited = {
  RATCHET_HOOK_REQUESTS_PER_SECOND: '100000',
  RATCHET_GATEWAY_REQUESTS_PER_SECOND: '100000',
} as const;

/** Starts a stack on an empty state folder, lends it, and stops it. `settings` come before those of the environment. */
export async function withStack<T>(
  stateDir: string,
  work: (bench: BenchStack) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T> {
  const stack = await startStack({
    stateDir,
    processes: true,
    ui: false,
    fresh: true,
    log: () => undefined,
    env: { ...process.env, ...settings },
  });
  try {
    const connection = await Connection.connect({ address: stack.env['TEMPORAL_ADDRESS'] ?? '' });
    try {
      const namespace = stack.env['TEMPORAL_NAMESPACE'] ?? 'default';
      return await work({
        stack,
        api: await openClient({ stateDir, url: stack.urls['gateway'] ?? '' }),
        temporal: new Client({ connection, namespace }),
      });
    } finally {
      await connection.close();
    }
  } finally {
    await stack.stop();
  }
}
