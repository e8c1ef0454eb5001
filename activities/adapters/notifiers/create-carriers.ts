import type { Egress } from '../../../domain/ports/egress.js';
import type { LetterCarriers } from '../../../domain/ports/letter-carriers.js';
import { createCommitStatusCarrier } from './commit-status-carrier.js';
import { createMailCarrier, type MailParts } from './mail-carrier.js';
import { createSlackCarrier } from './slack-carrier.js';
import { createWebhookCarrier } from './webhook-carrier.js';

/** Every way that a target of a project may name. `now` is in milliseconds since 1970. */
export function createCarriers(
  egress: Egress,
  mail: MailParts,
  now: () => number = Date.now,
): LetterCarriers {
  return {
    webhook: createWebhookCarrier(egress, now),
    slack: createSlackCarrier(egress, now),
    mail: createMailCarrier(mail),
    'commit-status': createCommitStatusCarrier(egress, now),
  };
}
