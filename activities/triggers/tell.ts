import type { Client } from '@temporalio/client';
import type { Notice } from '../../domain/ports/outbox.js';
import { type PostDeps, postNotice } from '../notices/post-notice.js';
import { wakeNotifications } from './wake-workflow.js';

export interface TellDeps extends PostDeps {
  readonly client: Client;
}

/** Tells people where their project says, once a notice. What is put into the outbox is on its way at once. */
export async function tell(deps: TellDeps, notice: Notice): Promise<void> {
  const targets = await postNotice(deps, notice);
  if (targets.length > 0) await wakeNotifications(deps.client);
}
