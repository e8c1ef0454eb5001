import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HookRequest } from '../../../gateway/hooks/hook-request.js';
import { readGitea } from '../../../gateway/hooks/read-gitea.js';
import { verifyGitea } from '../../../gateway/hooks/verify-gitea.js';
import { createGitHost, type GitHost } from '../../../scripts/demo/host/git-host.js';
import { runGit } from '../../../scripts/demo/run-git.js';

const secret = { text: 'what the host was given', bytes: Buffer.alloc(0) };

let root: string;
let server: Server;
let status: number;
let came: HookRequest[];
let host: GitHost;
let copy: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "the host's folder "));
  [came, status] = [[], 202];
  server = createServer(async (request, response) => {
    const body = await buffer(request);
    came.push({ header: (name) => [request.headers[name]].flat()[0], body, receivedAtMs: Date.now() });
    response.writeHead(status).end('taken');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = await createGitHost(join(root, 'flights.git'));
  copy = join(root, 'copy');
  await runGit(root, ['clone', '--quiet', host.path, copy]);
  await runGit(copy, ['checkout', '--quiet', '-B', 'main']);
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true, force: true });
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/flights`;

async function commit(text: string): Promise<string> {
  await writeFile(join(copy, 'file'), text);
  await runGit(copy, ['add', '--all']);
  await runGit(copy, ['commit', '--quiet', '--message', text]);
  return (await runGit(copy, ['rev-parse', 'HEAD'])).stdout.trim();
}

const push = async () => (await runGit(copy, ['push', 'origin', 'main'])).stderr;

describe('the Git host of the demo', () => {
  it('tells of every push by a webhook that the gateway believes and reads, and says the answer to who pushed', async () => {
    const before = await commit('one');
    await push();
    expect(came).toEqual([]);
    await host.setWebhook({ address: address(), secret: secret.text });
    const after = await commit('two');
    expect(await push()).toContain(`remote: webhook to ${address()}: 202 taken`);
    const [request] = came;
    if (request === undefined || came.length > 1) throw new Error(`${came.length} webhooks came`);
    expect(verifyGitea(request, secret)).toBe(true);
    expect(verifyGitea(request, { ...secret, text: 'another' })).toBe(false);
    expect(readGitea(request)).toMatchObject({
      contents: [{ kind: 'push', ref: 'refs/heads/main', before, after }],
      repository: [host.path],
    });
  });

  it('says so where a webhook is not taken, and keeps the push', async () => {
    await host.setWebhook({ address: address(), secret: secret.text });
    status = 401;
    const after = await commit('one');
    expect(await push()).toContain(': 401 taken');
    expect((await runGit(host.path, ['rev-parse', 'main'])).stdout.trim()).toBe(after);
  });
});
