import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../../activities/adapters/git/create-git.js';
import type { GitLimits } from '../../../../activities/adapters/git/git-limits.js';
import { ScratchRepository } from './scratch-repository.js';

let repository: ScratchRepository;
const limits: GitLimits = {
  allowedHosts: [],
  allowLocal: true,
  maxBytes: 50_000_000,
  maxFiles: 1000,
  timeoutMs: 20_000,
};
const open = (change: Partial<GitLimits> = {}, cache = 'cache') =>
  createGit({ ...limits, ...change, cacheDir: join(repository.root, cache) });
beforeEach(() => {
  repository = new ScratchRepository();
});
afterEach(() => repository.remove());

describe('resolving a ref', () => {
  it('gives the commit, its author, time and subject', async () => {
    const id = repository.commit({ a: '1' }, 'Subject line\n\nBody');
    const commit = {
      id,
      author: 'Ada <ada@example.org>',
      committedAt: '2023-11-14T22:15:00.000Z',
      subject: 'Subject line',
    };
    for (const ref of ['main', 'HEAD', 'refs/heads/main', id])
      expect(await open().resolve(repository.path, ref)).toEqual(commit);
  });

  it('follows a branch that moves, and keeps reading the commit that was resolved', async () => {
    const first = repository.commit({ a: '1' });
    const git = open();
    expect((await git.resolve(repository.path, 'main')).id).toBe(first);
    const second = repository.commit({ a: '2' });
    expect((await git.resolve(repository.path, 'main')).id).toBe(second);
    expect(await git.readFile(repository.path, first, 'a')).toBe('1');
    expect(await git.readFile(repository.path, second, 'a')).toBe('2');
  });

  it('reads a commit that no branch holds any more', async () => {
    const first = repository.commit({ a: '1' });
    repository.git('commit', '--quiet', '--amend', '-m', 'other');
    expect((await open().resolve(repository.path, first)).id).toBe(first);
  });

  it('goes through a tag to its commit, annotated or not, and through a tag of a tag', async () => {
    const id = repository.commit({ a: '1' });
    repository.git('tag', 'light');
    repository.git('tag', '-a', 'heavy', '-m', 'x');
    repository.git('tag', '-a', 'twice', '-m', 'x', 'heavy');
    for (const tag of ['light', 'heavy', 'twice', 'refs/tags/heavy']) {
      expect((await open().resolve(repository.path, tag)).id).toBe(id);
    }
  });

  it.each(['-h', '--upload-pack=touch', 'HEAD', 'deadbeef'.repeat(5), 'a/b', 'ünïcode', 'refs'])(
    'reads a branch named %s as a branch and nothing else',
    async (name) => {
      repository.commit({ a: 'main' });
      const other = repository.git('commit-tree', 'HEAD^{tree}', '-m', 'other');
      repository.git('update-ref', `refs/heads/${name}`, other);
      expect((await open().resolve(repository.path, `refs/heads/${name}`)).id).toBe(other);
      const short = open().resolve(repository.path, name);
      if (name === 'HEAD') expect((await short).subject).toBe('A change');
      else if (name.startsWith('deadbeef'))
        await expect(short).rejects.toMatchObject({ code: 'GIT_NOT_FOUND' });
      else expect((await short).id).toBe(other);
    },
  );

  it('takes the head of a pull request only where such heads are asked for', async () => {
    repository.commit({ a: '1' });
    const head = repository.git('commit-tree', 'HEAD^{tree}', '-m', 'by a stranger');
    for (const ref of ['refs/pull/5/head', 'refs/merge-requests/5/head', 'refs/pull-requests/5/from']) {
      repository.git('update-ref', ref, head);
      expect((await open().resolve(repository.path, ref, { requests: true })).id).toBe(head);
      await expect(open().resolve(repository.path, ref)).rejects.toMatchObject({ code: 'GIT_NOT_FOUND' });
    }
    const odd = open().resolve(repository.path, 'refs/pull/../heads/main', { requests: true });
    await expect(odd).rejects.toMatchObject({ code: 'GIT_REFUSED' });
  });

  it('does not take a ref that only ends like the one asked for', async () => {
    repository.commit({ a: '1' });
    repository.git('update-ref', 'refs/heads/refs/heads/wanted', 'HEAD');
    await expect(open().resolve(repository.path, 'refs/heads/wanted')).rejects.toMatchObject({
      code: 'GIT_NOT_FOUND',
    });
  });

  it('refuses a name that is a branch and a tag', async () => {
    repository.commit({ a: '1' });
    repository.git('branch', 'both');
    repository.git('tag', 'both');
    await expect(open().resolve(repository.path, 'both')).rejects.toThrow(
      /write refs\/heads\/both or refs\/tags\/both/,
    );
  });

  it.each([
    '',
    ' ',
    'a b',
    'a..b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    '[a',
    'a\\b',
    '@',
    'a@{1}',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a.lock',
    'a.',
    'a\0b',
    'a\nb',
    'x'.repeat(251),
  ])('refuses %j as a ref', async (ref) => {
    await expect(open().resolve(repository.path, ref)).rejects.toMatchObject({ code: 'GIT_REFUSED' });
  });

  it('says what is not there: ref, commit, repository, and any commit at all', async () => {
    const notFound = { code: 'GIT_NOT_FOUND' };
    const said = (text: string) => ({ ...notFound, message: expect.stringContaining(text) });
    await expect(open().resolve(repository.path, 'main')).rejects.toMatchObject(
      said('there is no branch yet'),
    );
    repository.commit({ a: '1' });
    await expect(open().resolve(repository.path, 'other')).rejects.toMatchObject(said('its branches: main'));
    await expect(open().resolve(repository.path, '1'.padStart(40, '0'))).rejects.toMatchObject(notFound);
    await expect(open().resolve(join(repository.root, 'none'), 'main')).rejects.toMatchObject(notFound);
    await expect(open().resolve(repository.root, 'main')).rejects.toMatchObject(notFound);
  });

  it('refuses a tag that holds a file', async () => {
    repository.commit({ a: '1' });
    repository.git('tag', 'blob', repository.blob('content'));
    await expect(open().resolve(repository.path, 'blob')).rejects.toMatchObject({ code: 'GIT_REFUSED' });
  });

  it('reads a shallow repository and a bare one', async () => {
    repository.commit({ a: '1' });
    const id = repository.commit({ a: '2' });
    const shallow = join(repository.root, 'shallow');
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, shallow);
    const bare = join(repository.root, 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.path, bare);
    for (const path of [shallow, bare]) {
      expect((await open().resolve(path, 'main')).id).toBe(id);
      expect(await open().readFile(path, id, 'a')).toBe('2');
    }
  });
});

describe('reading at a commit', () => {
  it('reads a file of UTF-8 text; undefined where there is none', async () => {
    const id = repository.commit({ 'a b/ü.txt': 'naïve\r\n\u{1F600}', empty: '' });
    const git = open();
    expect(await git.readFile(repository.path, id, 'a b/ü.txt')).toBe('naïve\r\n\u{1F600}');
    expect(await git.readFile(repository.path, id, './empty')).toBe('');
    expect(await git.readFile(repository.path, id, 'none')).toBeUndefined();
    expect(await git.readFile(repository.path, id, 'a b')).toBeUndefined();
  });

  it('fetches a commit that this worker does not have yet', async () => {
    const id = repository.commit({ a: '1' });
    expect(await open({}, 'another').readFile(repository.path, id, 'a')).toBe('1');
    expect(await open({}, 'third').treeId(repository.path, id, 'none')).toBeUndefined();
  });

  it('refuses text that is too long or no text', async () => {
    const id = repository.commit({ long: 'x'.repeat(101), binary: Buffer.from([0xff, 0xfe]) });
    const git = open();
    expect(await git.readFile(repository.path, id, 'long', 101)).toHaveLength(101);
    await expect(git.readFile(repository.path, id, 'long', 100)).rejects.toMatchObject({
      code: 'GIT_REFUSED',
    });
    await expect(git.readFile(repository.path, id, 'binary')).rejects.toThrow(/not UTF-8/);
  });

  it('gives equal content equal ids, and other content another', async () => {
    const first = repository.commit({ 'train/a.py': '1', 'doc/x': '1' });
    const second = repository.commit({ 'doc/x': '2' });
    const git = open();
    const id = (commit: string, path: string) => git.treeId(repository.path, commit, path);
    expect(await id(first, 'train')).toBe(await id(second, 'train/'));
    expect(await id(first, 'doc')).not.toBe(await id(second, 'doc'));
    expect(await id(first, '.')).not.toBe(await id(second, ''));
    expect(await id(first, 'train/a.py')).toMatch(/^[0-9a-f]{40}$/);
  });

  it('lists files below a folder by their path in the repository', async () => {
    const id = repository.commit({ 'a/b/c.csv': '1', 'a/d.csv': '1', e: '1' });
    const git = open();
    expect(await git.listFiles(repository.path, id, 'a')).toEqual(['a/b/c.csv', 'a/d.csv']);
    expect(await git.listFiles(repository.path, id, '.')).toHaveLength(3);
    expect(await git.listFiles(repository.path, id, 'e')).toEqual(['e']);
    expect(await git.listFiles(repository.path, id, 'none')).toEqual([]);
  });

  it.each(['../a', '/etc/passwd', 'a/../../b', 'a//b', 'a\nb', 'a\0b'])(
    'refuses the path %j',
    async (path) => {
      const id = repository.commit({ a: '1' });
      await expect(open().readFile(repository.path, id, path)).rejects.toMatchObject({ code: 'GIT_REFUSED' });
    },
  );

  it.each(['main', '-h', 'HEAD', '1234567', 'A'.repeat(40)])(
    'takes only a whole commit id, not %s',
    async (commit) => {
      await expect(open().readFile(repository.path, commit, 'a')).rejects.toMatchObject({
        code: 'GIT_REFUSED',
      });
    },
  );
});

describe('a repository of another user', () => {
  it.runIf(process.getuid?.() === 0)('is read where local paths are allowed', async () => {
    const id = repository.commit({ a: '1' });
    chownSync(repository.path, 65534, 65534);
    execFileSync('chown', ['-R', '65534:65534', repository.path]);
    expect((await open().resolve(repository.path, 'main')).id).toBe(id);
    expect(await open().readFile(repository.path, id, 'a')).toBe('1');
  });
});
