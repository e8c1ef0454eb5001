import type { Egress } from '../../../domain/ports/egress.js';
import type { LetterCarrier } from '../../../domain/ports/letter-carriers.js';
import { expectTaken } from './expect-taken.js';
import { readSecret } from './read-secret.js';
import { hostIn, sendJson } from './send-json.js';
import { slackMessage } from './slack-text.js';

/** A channel of Slack, or of another program that takes its incoming webhooks. */
export function createSlackCarrier(egress: Egress, now: () => number): LetterCarrier<'slack'> {
  return {
    async carry({ letter, target }, secrets) {
      const url = await readSecret(secrets, target.url);
      const answer = await sendJson(egress, url, JSON.stringify(slackMessage(letter.notice)));
      expectTaken(hostIn(url), answer, secrets, now());
    },
  };
}
