import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PayloadType, payloadTypes } from '../../domain/signing/envelope.js';
import { generateKeyPair } from '../../trust/keys.js';
import { createRemoteSigner } from '../../trust/remote-signer.js';
import { createVerifier } from '../../trust/verifier.js';
import { readKeyFile } from '../../workers/signing/read-key-file.js';
import { type ServedSigner, serveSigner } from '../../workers/signing/serve-signer.js';

const pair = generateKeyPair();
const tokens = { gateway: 'token-of-the-gateway', workers: 'token-of-the-workers' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const lines: string[] = [];
const secret = 'a reason that nobody else may read';

let served: ServedSigner;
beforeAll(async () => {
  served = await serveSigner({
    host: '127.0.0.1',
    port: 0,
    privateKey: pair.privateKey,
    callers: { gateway: sha256(tokens.gateway), workers: sha256(tokens.workers) },
    log: pino({}, { write: (line: string) => lines.push(line) }),
  });
});
afterAll(() => served.close());

const signerOf = (caller: keyof typeof tokens) =>
  createRemoteSigner({ url: served.url, token: tokens[caller] });
const post = (body: string, token: string | null = tokens.gateway, path = '/sign') =>
  fetch(`${served.url}${path}`, {
    method: 'POST',
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body,
  });

describe('the signer', () => {
  it.each([
    ['gateway', payloadTypes.vote],
    ['workers', payloadTypes.statement],
    ['workers', payloadTypes.checkpoint],
  ] as const)('signs for the %s a %s', async (caller, payloadType) => {
    const envelope = await signerOf(caller).sign(payloadType, { b: 1, a: secret });
    const key = { ...pair, notBefore: '2020-01-01T00:00:00Z', notAfter: null, revokedAt: null };
    const at = new Date().toISOString();
    expect(createVerifier().verify(envelope, payloadType, [key], at)).toMatchObject({
      kind: 'valid',
      value: { b: 1, a: secret },
    });
  });

  it.each([
    ['gateway', payloadTypes.statement],
    ['gateway', payloadTypes.checkpoint],
    ['workers', payloadTypes.vote],
    ['workers', 'application/vnd.other+json' as PayloadType],
  ] as const)('does not sign for the %s a %s', async (caller, payloadType) => {
    await expect(signerOf(caller).sign(payloadType, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([[null], [''], ['wrong'], [sha256(tokens.gateway)]])(
    'signs nothing with the token %s',
    async (token) => {
      const body = JSON.stringify({ payloadType: payloadTypes.vote, value: {} });
      expect((await post(body, token)).status).toBe(401);
    },
  );

  it('refuses what is no request, or too large, and has no other address', async () => {
    for (const body of ['', '{', '7', '{"payloadType":"x"}']) expect((await post(body)).status).toBe(400);
    const large = JSON.stringify({ payloadType: payloadTypes.vote, value: 'x'.repeat(2 * 1024 * 1024) });
    expect((await post(large)).status).toBe(413);
    expect((await post('{}', tokens.gateway, '/keys')).status).toBe(404);
    expect((await fetch(`${served.url}/sign`)).status).toBe(404);
    expect(await (await fetch(`${served.url}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  it('tells who asked for what type, and nothing of what was signed nor by which token', () => {
    const log = lines.join('');
    expect(log).toContain('"caller":"gateway"');
    expect(log).not.toContain(secret);
    for (const token of Object.values(tokens)) expect(log).not.toContain(token);
  });
});

describe('a process that has something signed', () => {
  it('says that the signer is away', async () => {
    const signer = createRemoteSigner({ url: 'http://127.0.0.1:9', token: 't', timeoutMs: 500 });
    await expect(signer.sign(payloadTypes.vote, {})).rejects.toMatchObject({ code: 'PART_UNAVAILABLE' });
  });

  it('does not take what it did not ask for', async () => {
    const other = createServer((_, response) => {
      const payload = Buffer.from('{"decision":"approve"}').toString('base64');
      response.end(JSON.stringify({ payloadType: payloadTypes.vote, payload, signatures: [{}] }));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const signer = createRemoteSigner({ url: `http://127.0.0.1:${port}`, token: 't' });
    await expect(signer.sign(payloadTypes.vote, { decision: 'reject' })).rejects.toMatchObject({
      code: 'INTERNAL',
    });
    other.close();
    other.closeAllConnections();
  });
});

describe('a key file', () => {
  it('is not read where others than its owner may use it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signer-'));
    const path = join(folder, 'key.pem');
    writeFileSync(path, pair.privateKey, { mode: 0o600 });
    expect(await readKeyFile(path)).toBe(pair.privateKey);
    chmodSync(path, 0o640);
    await expect(readKeyFile(path)).rejects.toMatchObject({
      code: 'SETTING_INVALID',
      message: expect.stringContaining('mode 0640'),
    });
    rmSync(folder, { recursive: true });
  });
});
