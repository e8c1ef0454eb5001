import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebhookCarrier } from '../../../activities/adapters/notifiers/webhook-carrier.js';
import { type LetterBox, openLetterBox } from '../../../scripts/demo/letter-box.js';
import { egressTo } from '../../activities/adapters/egress/local-server.js';
import { errand, notice, secretsOf } from '../../activities/adapters/notifiers/errand.js';

let box: LetterBox;
beforeEach(async () => {
  box = await openLetterBox();
});
afterEach(() => box.close());

/** As the worker sends it. */
const carry = (key = box.secret) =>
  createWebhookCarrier(egressTo(), Date.now).carry(
    errand<'webhook'>(
      { kind: 'webhook', url: 'secret://url', secret: 'secret://key', about: ['run.failed'] },
      { lines: ['step: train', 'reason: it broke'], to: ['ann'] },
    ),
    secretsOf({ url: box.url, key }),
  );

describe('the letter box of the demo', () => {
  it('holds a letter of the platform once, however often it comes', async () => {
    await carry();
    await carry();
    const { kind, title } = notice();
    expect(box.arrived()).toMatchObject([
      { type: kind, data: { title, lines: ['step: train', 'reason: it broke'], to: ['ann'] } },
    ]);
  });

  it('holds nothing that is signed by somebody else, and says so to the sender', async () => {
    await expect(carry(`whsec_${randomBytes(32).toString('base64')}`)).rejects.toThrow('401');
    expect((await fetch(box.url, { method: 'POST', body: '{}' })).status).toBe(401);
    expect(box.arrived()).toEqual([]);
  });
});
