import type { TriggerDeps } from './deps.js';
import { wakeInbox, wakeLine } from './wake-workflow.js';

/** Wakes whoever has rows to look at, in case a message was lost. How many. */
export async function wakeWaiting({
  client,
  deliveries,
  triggers,
}: Pick<TriggerDeps, 'client' | 'deliveries' | 'triggers'>): Promise<number> {
  const [lines, inbox] = await Promise.all([triggers.waiting(), deliveries.pending(1)]);
  for (const line of lines) await wakeLine(client, line);
  if (inbox.length > 0) await wakeInbox(client);
  return lines.length + inbox.length;
}
