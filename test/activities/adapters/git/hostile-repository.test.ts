import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../../activities/adapters/git/create-git.js';
import type { GitLimits } from '../../../../activities/adapters/git/git-limits.js';
import { messageOf } from '../../../../domain/errors/ratchet-error.js';
import { ScratchRepository } from './scratch-repository.js';

let repository: ScratchRepository;
const limits: GitLimits = {
  allowedHosts: ['localhost'],
  allowLocal: true,
  maxBytes: 5_000_000,
  maxFiles: 100,
  timeoutMs: 20_000,
};
const cacheDir = () => join(repository.root, 'cache');
const open = (change: Partial<GitLimits> = {}) => createGit({ ...limits, ...change, cacheDir: cacheDir() });
const copy = () => join(repository.root, 'copy');
const refused = { code: 'GIT_REFUSED' };
beforeEach(() => {
  repository = new ScratchRepository();
});
afterEach(() => repository.remove());

/** Objects that no well-meaning git would write. */
function rawTree(entries: readonly { mode: string; name: string; id: string }[]): string {
  const parts = entries.flatMap(({ mode, name, id }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(id, 'hex'),
  ]);
  return repository.feed(Buffer.concat(parts), 'hash-object', '-w', '-t', 'tree', '--literally', '--stdin');
}

describe('a hostile tree', () => {
  it.each(['..', '.', '.git', '.GIT', 'a/b', ''])('with a part named %j is not fetched', async (name) => {
    const id = repository.commitOf(rawTree([{ mode: '100644', name, id: repository.blob('x') }]));
    await expect(open().checkOut(repository.path, id, '', copy())).rejects.toMatchObject(refused);
    expect(existsSync(copy())).toBe(false);
  });

  it.each([
    [['a', 'A']],
    [['dir/x', 'DIR/y']],
    [['\u00e9', 'e\u0301']],
    [['.g\u200cit']],
    [['a\\b']],
    [['a\u001b[31m']],
    [['.git ']],
  ])('with the names %j is not written', async (names) => {
    const lines = names.map((name) => {
      const [first = '', rest] = name.split('/');
      if (rest === undefined) return `100644 blob ${repository.blob('x')}\t${first}`;
      return `040000 tree ${repository.feed(`100644 blob ${repository.blob('x')}\t${rest}\n`, 'mktree')}\t${first}`;
    });
    const tree = repository.feed(`${lines.join('\0')}\0`, 'mktree', '-z');
    const id = repository.commitOf(tree);
    await expect(open().checkOut(repository.path, id, '', copy())).rejects.toMatchObject(refused);
    expect(existsSync(copy()) ? readdirSync(copy()) : []).toEqual([]);
  });

  it('with a link and a folder of the same name does not write through the link', async () => {
    const inner = repository.feed(`100644 blob ${repository.blob('pwned')}\tpasswd\n`, 'mktree');
    const link = repository.blob(repository.root);
    const id = repository.commitTree([`120000 blob ${link}\tA`, `040000 tree ${inner}\ta`]);
    await expect(open().checkOut(repository.path, id, '', copy())).rejects.toMatchObject(refused);
    expect(existsSync(join(repository.root, 'passwd'))).toBe(false);
  });

  it('of a thousand million files is given up at once', async () => {
    let tree = repository.feed(
      Array.from({ length: 10 }, (_, i) => `100644 blob ${repository.blob('x')}\tf${i}\n`).join(''),
      'mktree',
    );
    for (let level = 0; level < 9; level++) {
      tree = repository.feed(
        Array.from({ length: 10 }, (_, i) => `040000 tree ${tree}\td${i}\n`).join(''),
        'mktree',
      );
    }
    const id = repository.commitOf(tree);
    await expect(open().checkOut(repository.path, id, '', copy())).rejects.toThrow(/more than the 100 files/);
    await expect(open().listFiles(repository.path, id, '')).rejects.toThrow(/more than the 100 files/);
  });

  it('that unpacks to more bytes than allowed is given up before a byte is written', async () => {
    const large = repository.blob(Buffer.alloc(3_000_000));
    const id = repository.commitTree([`100644 blob ${large}\ta`, `100644 blob ${large}\tb`]);
    await expect(open().checkOut(repository.path, id, '', copy())).rejects.toThrow(
      /more than the 5000000 bytes/,
    );
    expect(existsSync(copy())).toBe(false);
  });
});

describe('a hostile repository', () => {
  it('that sends more than a fetch may have is cut off, and leaves nothing', async () => {
    const id = repository.commit({ large: randomBytes(6_000_000) });
    await expect(open().resolve(repository.path, id)).rejects.toThrow(/more than the 5000000 bytes/);
    const [mirror = ''] = readdirSync(cacheDir()).filter((name) => name.endsWith('.git'));
    expect(readdirSync(join(cacheDir(), mirror, 'objects/pack'))).toEqual([]);
  });

  it('runs none of its hooks or commands', async () => {
    const mark = join(repository.root, 'pwned');
    const id = repository.commit({
      a: '1',
      '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::touch% /tmp/x\n',
    });
    const script = `#!/bin/sh\ntouch '${mark}'\n`;
    const hooks = join(repository.path, '.git/hooks');
    await mkdir(hooks, { recursive: true });
    for (const hook of ['post-checkout', 'reference-transaction', 'pre-auto-gc', 'post-index-change']) {
      await writeFile(join(hooks, hook), script);
      await chmod(join(hooks, hook), 0o755);
    }
    for (const key of [
      'core.fsmonitor',
      'core.sshCommand',
      'uploadpack.packObjectsHook',
      'core.alternateRefsCommand',
      'core.pager',
      'filter.x.smudge',
      'credential.helper',
    ]) {
      repository.git('config', key, join(hooks, 'post-checkout'));
    }
    const git = open();
    await git.resolve(repository.path, 'main');
    await git.checkOut(repository.path, id, '', copy());
    await git.listFiles(repository.path, id, '');
    expect(readdirSync(copy()).sort()).toEqual(['.gitmodules', 'a']);
    expect(existsSync(mark)).toBe(false);
  });

  it('does not pull in what its alternates or a promise of later objects point to', async () => {
    const id = repository.commit({ a: '1' });
    const blob = repository.git('rev-parse', 'HEAD:a');
    const mark = join(repository.root, 'pwned');
    await rm(join(repository.path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    repository.git('config', 'remote.origin.url', `ext::touch ${mark.replaceAll(' ', '% ')}`);
    repository.git('config', 'remote.origin.promisor', 'true');
    repository.git('config', 'extensions.partialClone', 'origin');
    repository.git('config', 'core.repositoryFormatVersion', '1');
    await expect(open().checkOut(repository.path, id, '', copy())).rejects.toThrow();
    expect(existsSync(mark)).toBe(false);
  });
});

describe('an address that does not answer', () => {
  it.each(['https://localhost:9/a/b', 'ssh://git@localhost:9/a/b'])(
    '%s is unreachable, and may be tried again',
    async (repo) => {
      const error: unknown = await open()
        .resolve(repo, 'main')
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'GIT_UNREACHABLE', entry: { retry: true } });
      expect(messageOf(error)).toContain(repo);
    },
  );

  it('that hangs is given up after the time-out, with all its processes', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => socket.destroy()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const git = open({ timeoutMs: 1000 });
    await expect(git.resolve(`https://localhost:${port}/a/b`, 'main')).rejects.toThrow(
      /did not answer within 1000 ms/,
    );
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a mirror', () => {
  it('mends what a killed fetch left behind', async () => {
    const first = repository.commit({ a: '1' });
    const git = open();
    await git.resolve(repository.path, first);
    const [name = ''] = readdirSync(cacheDir()).filter((entry) => entry.endsWith('.git'));
    const mirror = join(cacheDir(), name);
    const second = repository.commit({ a: '2' });
    await writeFile(join(mirror, 'shallow.lock'), '');
    await writeFile(join(mirror, `refs/ratchet/${second}.lock`), '');
    await writeFile(join(mirror, 'objects/pack/tmp_pack_x'), 'half');
    expect((await git.resolve(repository.path, second)).id).toBe(second);
    expect(readdirSync(join(mirror, 'objects/pack')).some((entry) => entry.startsWith('tmp_'))).toBe(false);
  });

  it('becomes one pack after many fetches, and loses nothing', async () => {
    const git = open();
    const commits: string[] = [];
    for (let n = 0; n < 66; n++)
      commits.push((await git.resolve(repository.path, repository.commit({ a: `${n}` }))).id);
    const [name = ''] = readdirSync(cacheDir()).filter((entry) => entry.endsWith('.git'));
    const packs = readdirSync(join(cacheDir(), name, 'objects/pack')).filter((entry) =>
      entry.endsWith('.pack'),
    );
    expect(packs.length).toBeLessThan(10);
    for (const n of [0, 40, 65])
      expect(await git.readFile(repository.path, commits[n] ?? '', 'a')).toBe(`${n}`);
    await readFile(join(cacheDir(), name, 'packed-refs'));
  });
});
