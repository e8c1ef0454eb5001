import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../activities/adapters/git/create-git.js';
import { createGitRunner } from '../../activities/adapters/git/git-runner.js';
import { packageRoot } from '../../stack/package-root.js';
import { ScratchRepository } from '../activities/adapters/git/scratch-repository.js';
import { gitAuthority } from '../workers/git-server.js';

let repository: ScratchRepository;
let mark: string;
let order: string;
beforeEach(() => {
  repository = new ScratchRepository();
  mark = join(repository.root, 'executed');
  order = `ext::touch ${mark.replaceAll(' ', '% ')}`;
});
afterEach(() => repository.remove());

/** Asks an address with our own options, past the check that addresses go through. */
async function askPastTheCheck(url: string) {
  const cacheDir = join(repository.root, 'cache');
  const end = await createGitRunner(cacheDir).run({
    gitDir: join(repository.path, '.git'),
    address: { protocol: 'https', url },
    args: ['ls-remote', '--', url],
    timeoutMs: 20_000,
    maxOutputBytes: 10_000,
  });
  expect(end.exitCode).not.toBe(0);
  return end.stderr;
}

describe('a repository address that is an order', () => {
  it('is carried out by a git that may: the marks below can be made', () => {
    spawnSync('git', ['-c', 'protocol.ext.allow=always', 'ls-remote', order], { cwd: repository.path });
    expect(existsSync(mark)).toBe(true);
  });

  it('is not carried out behind our options, even where nobody checked it', async () => {
    expect(await askPastTheCheck(order)).toContain("transport 'ext' not allowed");
    expect(existsSync(mark)).toBe(false);
  });

  it('is no option either: what begins with a dash stands behind two of them', async () => {
    await askPastTheCheck(`--upload-pack=touch ${mark}`);
    expect(existsSync(mark)).toBe(false);
  });

  it('does not lead elsewhere by a redirect of its host', async () => {
    const asked: string[] = [];
    const tls = {
      cert: readFileSync(gitAuthority),
      key: readFileSync(join(packageRoot(), 'test/fixtures/tls/local-key.pem')),
    };
    const server = createServer(tls, ({ url = '' }, response) => {
      asked.push(url);
      response.writeHead(302, { location: url.replace('/from/', '/to/') }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as AddressInfo;
    const git = createGit({
      ...{ allowedHosts: ['localhost'], allowLocal: false, caFile: gitAuthority },
      ...{ maxBytes: 1_000_000, maxFiles: 100, timeoutMs: 20_000 },
      cacheDir: join(repository.root, 'cache'),
    });
    const resolved = git.resolve(`https://localhost:${port}/from/it`, 'main');
    await expect(resolved).rejects.toMatchObject({ code: 'GIT_REFUSED' });
    expect(asked).toHaveLength(1);
    server.close();
    server.closeAllConnections();
  });
});
