import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createWebhookCarrier } from '../../../../activities/adapters/notifiers/webhook-carrier.js';
import type { TargetOf } from '../../../../domain/ports/letter-carriers.js';
import type { Notice } from '../../../../domain/ports/outbox.js';
import { egressTo, localServer } from '../egress/local-server.js';
import { allOf, errand, failureOf, notice, secretsOf } from './errand.js';

const target: TargetOf<'webhook'> = {
  kind: 'webhook',
  url: 'secret://url',
  secret: 'secret://key',
  about: ['run.failed'],
};
const key = `whsec_${randomBytes(32).toString('base64')}`;
const letterId = '0f0e0d0c-0b0a-4908-8706-050403020100';

async function carried(change: Partial<Notice> = {}, now = Date.now, secret = key) {
  const { url, seen } = await localServer();
  const secrets = secretsOf({ url: `${url}/hook`, key: secret });
  await createWebhookCarrier(egressTo(), now).carry(errand<'webhook'>(target, change), secrets);
  const [request] = seen;
  return request ?? expect.fail('nothing came');
}

describe('a letter to a program', () => {
  it('is one that the published library of Standard Webhooks takes', async () => {
    const request = await carried();
    expect(request).toMatchObject({
      method: 'POST',
      url: '/hook',
      headers: { 'content-type': 'application/json' },
    });
    const { key: noticeKey, kind, at, ...told } = notice();
    expect(new Webhook(key).verify(request.body, request.headers as Record<string, string>)).toEqual({
      type: kind,
      timestamp: at,
      data: { key: noticeKey, ...told },
    });
  });

  it('is signed as the library signs, whatever it says', async () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        anyText,
        fc.array(anyText, { maxLength: 5 }),
        fc.integer({ min: 24, max: 64 }),
        async (title, lines, bytes) => {
          const secret = `whsec_${randomBytes(bytes).toString('base64')}`;
          const request = await carried({ title, lines }, Date.now, secret);
          const { 'webhook-signature': signature, 'webhook-timestamp': timestamp } = request.headers;
          expect(signature).toBe(
            new Webhook(secret).sign(letterId, new Date(Number(timestamp) * 1000), request.body),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has the id of the letter at every try, and the time of the try', async () => {
    const [first, second] = [
      await carried({}, () => 1_767_000_000_999),
      await carried({}, () => 1_767_000_100_000),
    ];
    expect(first.headers['webhook-id']).toBe(letterId);
    expect(second.headers['webhook-id']).toBe(letterId);
    expect([first.headers['webhook-timestamp'], second.headers['webhook-timestamp']]).toEqual([
      '1767000000',
      '1767000100',
    ]);
    expect(first.headers['webhook-signature']).not.toBe(second.headers['webhook-signature']);
  });

  it('does not verify when a byte of it is another, or its key', async () => {
    const { body, headers } = await carried();
    const verify = (secret: string, text: string) => () =>
      new Webhook(secret).verify(text, headers as Record<string, string>);
    expect(verify(key, body)).not.toThrow();
    expect(verify(key, body.replace('failed', 'passed'))).toThrow();
    expect(verify(`whsec_${randomBytes(32).toString('base64')}`, body)).toThrow();
  });

  it.each([
    ['no prefix', randomBytes(32).toString('base64')],
    ['another alphabet', `whsec_${'-_'.repeat(20)}`],
    ['23 bytes', `whsec_${randomBytes(23).toString('base64')}`],
    ['65 bytes', `whsec_${randomBytes(65).toString('base64')}`],
    ['nothing behind the prefix', 'whsec_'],
  ])('is not signed by a secret of %s', async (_, secret) => {
    const { url, seen } = await localServer();
    const work = createWebhookCarrier(egressTo(), Date.now).carry(
      errand<'webhook'>(target),
      secretsOf({ url, key: secret }),
    );
    const error = await failureOf(work);
    expect(error.code).toBe('NOTICE_REFUSED');
    expect(error.message).toContain('the secret "key" does not sign webhooks');
    expect(allOf(error)).not.toContain(secret.slice(7) || 'never');
    expect(seen).toEqual([]);
  });
});
