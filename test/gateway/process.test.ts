import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeArgs } from '../setup/own-program.js';
import { type FreshDatabase, freshBucket, freshDatabase, testStack } from '../setup/stack.js';

const root = join(import.meta.dirname, '../..');
const token = 'the-token-of-this-suite';

let database: FreshDatabase;
let bucket: string;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  database = await freshDatabase();
  bucket = (await freshBucket()).bucket;
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
});

function launch(changes: Record<string, string> = {}) {
  const env = {
    ...testStack().env,
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: database.appUrl,
    RATCHET_S3_BUCKET: bucket,
    RATCHET_GATEWAY_PORT: '0',
    RATCHET_METRICS_PORT: '0',
    RATCHET_TOKEN_SHA256: createHash('sha256').update(token).digest('hex'),
    ...changes,
  };
  const child = spawn(process.execPath, nodeArgs('gateway/main'), {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(([code, signal]) => {
    children.delete(child);
    return { code: code as number | null, signal: signal as string | null };
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { child, ended, lines: createInterface(child.stdout), stderr: () => stderr };
}

async function ready(started: ReturnType<typeof launch>): Promise<string> {
  for await (const line of started.lines) {
    if (line.startsWith('{"ready":true')) return JSON.parse(line).url as string;
  }
  throw new Error(`it ended before it was ready: ${started.stderr()}`);
}

describe('the gateway as a process', () => {
  it('says where it answers, drains at SIGTERM, and ends with 0', async () => {
    const started = launch();
    const url = await ready(started);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const listed = await fetch(`${url}/api/v1/projects`, { headers });
    // Proxies keep theirs for a minute: the side that ends an idle connection has to be the one that asks.
    expect([listed.status, listed.headers.get('keep-alive')]).toEqual([200, 'timeout=75']);

    // A request whose end comes after the signal: it has begun, so it is answered.
    const slow = httpRequest(`${url}/api/v1/runs`, { method: 'POST', headers });
    const answered = once(slow, 'response').then(([response]) => response.statusCode as number);
    slow.write('{"project":');
    await sleep(200);
    started.child.kill('SIGTERM');
    await sleep(300);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    slow.end('"nowhere","model":"delay"}');
    expect(await answered).toBe(404);
    expect(await started.ended).toEqual({ code: 0, signal: null });
  });

  it('does not start without a token, and says why in a line', async () => {
    const started = launch({ RATCHET_TOKEN_SHA256: '' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.stderr()).toBe(
      'gateway: SETTING_INVALID: RATCHET_TOKEN_SHA256 is not set, and this process needs it\n',
    );
  });

  it('does not start where others can reach it, and says what turns authentication on', async () => {
    const started = launch({ RATCHET_GATEWAY_HOST: '0.0.0.0' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.stderr()).toMatch(
      /^gateway: SETTING_INVALID: RATCHET_GATEWAY_HOST is 0\.0\.0\.0, which others can reach, and is refused until authentication is on: .*ratchet account add <name>.*\n$/,
    );
  });

  it.each([
    ['half of it', { RATCHET_OIDC_ISSUER: 'https://id.example.org' }, 'RATCHET_OIDC_CLIENT_ID is not set'],
    [
      'an issuer that anybody on the way could be',
      { RATCHET_OIDC_ISSUER: 'http://id.example.org' },
      'begins with https://',
    ],
  ])('does not start with %s of OpenID Connect', async (_, changes, words) => {
    const started = launch(changes);
    expect((await started.ended).code).toBe(1);
    expect(started.stderr()).toContain(words);
  });

  it('does not start with a secret that every user of the machine may read', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'ratchet-secret-')), 'secret');
    writeFileSync(file, 'a-secret', { mode: 0o644 });
    const started = launch({
      RATCHET_OIDC_ISSUER: 'https://id.example.org',
      RATCHET_OIDC_CLIENT_ID: 'ratchet',
      RATCHET_OIDC_REDIRECT: 'https://ratchet.example.org/api/v1/sign-in/oidc/callback',
      RATCHET_OIDC_CLIENT_SECRET_FILE: file,
    });
    expect((await started.ended).code).toBe(1);
    expect(started.stderr()).toContain('SECRET_EXPOSED');
    rmSync(dirname(file), { recursive: true });
  });

  it('does not start without its database, and does not say its password', async () => {
    const started = launch({ DATABASE_URL: 'postgres://ratchet_app:pass-of-mine@127.0.0.1:9/ratchet' });
    expect(await started.ended).toEqual({ code: 1, signal: null });
    expect(started.stderr()).toContain('the database does not answer');
    expect(started.stderr()).not.toMatch(/pass-of-mine|127\.0\.0\.1:9/);
  });

  it('starts while Temporal is away, so that runs can be read', async () => {
    const started = launch({ TEMPORAL_ADDRESS: '127.0.0.1:9' });
    const url = await ready(started);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${url}/api/v1/runs`, { headers })).status).toBe(200);
    started.child.kill('SIGINT');
    expect(await started.ended).toEqual({ code: 0, signal: null });
  });
});
