import { createHmac } from 'node:crypto';
import { sign, verify } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { deriveHookSecret, type HookSecret, hookSecrets } from '../../../gateway/hooks/hook-secret.js';
import { verifyBitbucket } from '../../../gateway/hooks/verify-bitbucket.js';
import { verifyGitea } from '../../../gateway/hooks/verify-gitea.js';
import { verifyGithub } from '../../../gateway/hooks/verify-github.js';
import { verifyGitlab } from '../../../gateway/hooks/verify-gitlab.js';
import { verifyStandard } from '../../../gateway/hooks/verify-standard.js';
import { type Headers, requestOf } from './hook-headers.js';

const secret = deriveHookSecret('a master secret of this suite, long enough', 'flights');
const at = new Date('2026-03-01T06:00:00.000Z');
const nowMs = at.getTime();

const standardHeaders = (body: string, { bytes }: HookSecret = secret, sentAt = at): Headers => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
  'webhook-signature': new Webhook(`whsec_${bytes.toString('base64')}`).sign('msg_1', sentAt, body),
});

/** How each form is signed, by libraries that are not ours where there are any. */
const forms = {
  github: {
    verify: verifyGithub,
    sign: async (body: string, { text }: HookSecret): Promise<Headers> => ({
      'x-hub-signature-256': await sign(text, body),
    }),
  },
  gitea: {
    verify: verifyGitea,
    sign: async (body: string, { text }: HookSecret): Promise<Headers> => ({
      'x-gitea-signature': (await sign(text, body)).replace('sha256=', ''),
    }),
  },
  bitbucket: {
    verify: verifyBitbucket,
    sign: async (body: string, { text }: HookSecret): Promise<Headers> => ({
      'x-hub-signature': await sign(text, body),
    }),
  },
  'gitlab with a signing token': {
    verify: verifyGitlab,
    sign: async (body: string, given: HookSecret) => standardHeaders(body, given),
  },
  'Standard Webhooks': {
    verify: verifyStandard,
    sign: async (body: string, given: HookSecret) => standardHeaders(body, given),
  },
};
const every = Object.entries(forms);

/** The same bytes with one bit turned. */
function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

describe('a signature', () => {
  it('of GitHub is that of the published example', () => {
    const published: HookSecret = { text: "It's a Secret to Everybody", bytes: Buffer.alloc(0) };
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const request = requestOf('Hello, World!', { 'X-Hub-Signature-256': signature });
    expect(verifyGithub(request, published)).toBe(true);
    expect(verifyGithub({ ...request, body: Buffer.from('Hello, World?') }, published)).toBe(false);
  });

  it('of GitHub is believed exactly where @octokit/webhooks-methods believes it', async () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' });
    const cases = fc.record({
      body: text,
      key: text,
      otherKey: text,
      otherBody: text,
      isRight: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ body, key, otherKey, otherBody, isRight }) => {
        const signature = await sign(isRight ? key : otherKey, isRight ? body : otherBody);
        const ours = verifyGithub(requestOf(body, { 'x-hub-signature-256': signature }), {
          text: key,
          bytes: Buffer.alloc(0),
        });
        expect(ours).toBe(await verify(key, body, signature));
      }),
      { numRuns: 300 },
    );
  });

  it.each(every)('of %s is believed over the bytes that came', async (_, form) => {
    const body = '{"text":"ä \\u00fc 😀"}\r\n';
    expect(form.verify(requestOf(body, await form.sign(body, secret), nowMs), secret)).toBe(true);
  });

  it.each(every)('of %s is worth nothing once a bit of body or signature is another', async (_, form) => {
    const body = '{"ref":"refs/heads/main","after":"0123456789"}';
    const headers = await form.sign(body, secret);
    const cases = fc.record({
      where: fc.constantFrom('body', ...Object.keys(headers)),
      bit: fc.nat({ max: 8 * 200 }),
    });
    fc.assert(
      fc.property(cases, ({ where, bit }) => {
        const sent = Buffer.from(body);
        const request =
          where === 'body'
            ? requestOf(flipped(sent, bit), headers, nowMs)
            : requestOf(
                sent,
                { ...headers, [where]: flipped(Buffer.from(headers[where] ?? ''), bit).toString('latin1') },
                nowMs,
              );
        expect(form.verify(request, secret)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(every)('of %s is worth nothing without its header, empty, cut or longer', async (_, form) => {
    const body = '{}';
    const headers = await form.sign(body, secret);
    expect(form.verify(requestOf(body, {}, nowMs), secret)).toBe(false);
    for (const [name, value] of Object.entries(headers)) {
      for (const wrong of ['', value.slice(0, -1), `${value}=`, ` ${value}x`, value.toUpperCase()]) {
        const request = requestOf(body, { ...headers, [name]: wrong }, nowMs);
        const isSame = wrong === value;
        expect([name, wrong, form.verify(request, secret)]).toEqual([name, wrong, isSame]);
      }
    }
  });

  it.each(every)('of %s is believed with both secrets that are in force, and no third', async (_, form) => {
    const master = (name: string) => `the ${name} master secret, which is long enough`;
    const live = hookSecrets({ secret: master('new'), secretBefore: master('old') }, 'flights');
    const believes = async (signedWith: HookSecret) => {
      const request = requestOf('{}', await form.sign('{}', signedWith), nowMs);
      return live.some((one) => form.verify(request, one));
    };
    expect(await believes(deriveHookSecret(master('new'), 'flights'))).toBe(true);
    expect(await believes(deriveHookSecret(master('old'), 'flights'))).toBe(true);
    expect(await believes(deriveHookSecret(master('oldest'), 'flights'))).toBe(false);
    expect(await believes(deriveHookSecret(master('new'), 'prices'))).toBe(false);
  });
});

describe('GitHub', () => {
  it('is not believed by SHA-1, which it sends beside', () => {
    const body = '{}';
    const sha1 = `sha1=${createHmac('sha1', secret.text).update(body).digest('hex')}`;
    expect(verifyGithub(requestOf(body, { 'x-hub-signature': sha1 }), secret)).toBe(false);
    const wrong = { 'x-hub-signature': sha1, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
    expect(verifyGithub(requestOf(body, wrong), secret)).toBe(false);
  });
});

describe('Gitea', () => {
  it('is believed by the header that it shares with GitHub, where its own is not there', async () => {
    const shared = { 'x-hub-signature-256': await sign(secret.text, '{}') };
    expect(verifyGitea(requestOf('{}', shared), secret)).toBe(true);
    expect(verifyGitea(requestOf('{}', { ...shared, 'x-gitea-signature': 'f'.repeat(64) }), secret)).toBe(
      false,
    );
  });
});

describe('GitLab', () => {
  it.each([
    ['the secret', secret.text, true],
    ['another one', deriveHookSecret('another', 'flights').text, false],
    ['the beginning of it', secret.text.slice(0, -1), false],
    ['more than it', `${secret.text} `, false],
    ['nothing', '', false],
  ])('with a secret token of %s', (_, token, believed) => {
    expect(verifyGitlab(requestOf('{}', { 'x-gitlab-token': token }), secret)).toBe(believed);
  });

  it('that signs is believed by the signature, whatever token it sends too', () => {
    const headers = { ...standardHeaders('{}'), 'x-gitlab-token': secret.text };
    expect(verifyGitlab(requestOf('{"changed":1}', headers, nowMs), secret)).toBe(false);
  });
});

describe('Standard Webhooks', () => {
  const after = (ms: number) => new Date(nowMs + ms);

  it.each([
    ['now', 0, true],
    ['five minutes ago', -300_000, true],
    ['longer ago', -301_000, false],
    ['five minutes ahead', 300_000, true],
    ['further ahead', 301_000, false],
  ])('sent %s', (_, ms, believed) => {
    const request = requestOf('{}', standardHeaders('{}', secret, after(ms)), nowMs);
    expect(verifyStandard(request, secret)).toBe(believed);
  });

  it('with several signatures is believed by any of version 1', () => {
    const headers = standardHeaders('{}');
    const right = headers['webhook-signature'] ?? '';
    const wrong = standardHeaders('{"other":1}')['webhook-signature'] ?? '';
    const verdict = (signature: string) =>
      verifyStandard(requestOf('{}', { ...headers, 'webhook-signature': signature }, nowMs), secret);
    expect(verdict(`${wrong} ${right}`)).toBe(true);
    expect(verdict(`v1a,abc ${right} v2,def`)).toBe(true);
    expect(verdict(wrong)).toBe(false);
    expect(verdict(right.replace('v1,', 'v1a,'))).toBe(false);
  });

  it('with an id or a timestamp that was not signed is not believed', () => {
    const headers = standardHeaders('{}');
    for (const changed of [
      { 'webhook-id': 'msg_2' },
      { 'webhook-timestamp': String(nowMs / 1000 + 1) },
      { 'webhook-timestamp': 'now' },
      { 'webhook-timestamp': '' },
    ]) {
      expect(verifyStandard(requestOf('{}', { ...headers, ...changed }, nowMs), secret)).toBe(false);
    }
  });
});
