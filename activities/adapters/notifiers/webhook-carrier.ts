import { createHmac } from 'node:crypto';
import { RatchetError } from '../../../domain/errors/ratchet-error.js';
import type { Egress } from '../../../domain/ports/egress.js';
import type { LetterCarrier } from '../../../domain/ports/letter-carriers.js';
import type { Letter } from '../../../domain/ports/outbox.js';
import { expectTaken } from './expect-taken.js';
import { readSecret, secretName } from './read-secret.js';
import { hostIn, sendJson } from './send-json.js';

/** A program of the user's, by Standard Webhooks 1.0: the same id at every try, the time of the try, signature `v1`. */
export function createWebhookCarrier(egress: Egress, now: () => number): LetterCarrier<'webhook'> {
  return {
    async carry({ letter, target }, secrets) {
      const url = await readSecret(secrets, target.url);
      const key = signingKey(secretName(target.secret), await readSecret(secrets, target.secret));
      const body = webhookBody(letter);
      const timestamp = String(Math.floor(now() / 1000));
      const answer = await sendJson(egress, url, body, {
        'webhook-id': letter.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signatureOf(key, `${letter.id}.${timestamp}.${body}`)}`,
      });
      expectTaken(hostIn(url), answer, secrets, now());
    },
  };
}

function webhookBody({ notice }: Letter): string {
  const { key, kind, at, project, model, title, lines, to, commit, state, runId } = notice;
  const data = { key, project, model, title, lines, to, commit, state, runId };
  return JSON.stringify({ type: kind, timestamp: at, data });
}

function signatureOf(key: Buffer, signed: string): string {
  return createHmac('sha256', key).update(signed).digest('base64');
}

function signingKey(name: string, secret: string): Buffer {
  const [, text = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const key = Buffer.from(text, 'base64');
  if (key.length >= 24 && key.length <= 64) return key;
  throw new RatchetError(
    'NOTICE_REFUSED',
    `the secret "${name}" does not sign webhooks: it must be whsec_ and the Base64 of 24 to 64 random bytes`,
  );
}
