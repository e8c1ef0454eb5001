import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../../activities/adapters/git/create-git.js';
import { ScratchRepository } from './scratch-repository.js';

let repository: ScratchRepository;
beforeEach(() => {
  repository = new ScratchRepository();
});
afterEach(() => repository.remove());

const between = (from: string, to: string) =>
  createGit({
    allowedHosts: [],
    allowLocal: true,
    maxBytes: 50_000_000,
    maxFiles: 1000,
    timeoutMs: 20_000,
    cacheDir: join(repository.root, 'cache'),
  }).changedFiles(repository.path, { from, to });

describe('the files that differ between two commits', () => {
  it('are counted by lines, in the order of their paths', async () => {
    const from = repository.commit({ 'b/train.py': 'one\ntwo\n', gone: 'x\n', same: 'y\n' });
    repository.git('rm', '--quiet', 'gone');
    const to = repository.commit({ 'b/train.py': 'one\n2\nthree\n', 'a new\tone "é"': 'z\n' });
    expect(await between(from, to)).toEqual([
      { path: 'a new\tone "é"', added: 1, removed: 0 },
      { path: 'b/train.py', added: 2, removed: 1 },
      { path: 'gone', added: 0, removed: 1 },
    ]);
  });

  it('have no lines where they are not text, and a renamed one is two', async () => {
    const from = repository.commit({ model: Buffer.from([0, 1, 2]), old: 'a\nb\nc\n' });
    repository.git('mv', 'old', 'moved');
    const to = repository.commit({ model: Buffer.from([0, 3]) });
    expect(await between(from, to)).toEqual([
      { path: 'model', added: null, removed: null },
      { path: 'moved', added: 3, removed: 0 },
      { path: 'old', added: 0, removed: 3 },
    ]);
  });

  it('are none of the same commit, and those of both sides of a fork', async () => {
    const base = repository.commit({ a: '1\n', b: '1\n' });
    const champion = repository.commit({ a: '2\n' });
    repository.git('branch', 'kept', champion);
    repository.git('reset', '--quiet', '--hard', base);
    const candidate = repository.commit({ b: '2\n' });
    expect(await between(base, base)).toEqual([]);
    expect((await between(champion, candidate)).map(({ path }) => path)).toEqual(['a', 'b']);
  });

  it('are shown as they are, whatever the repository says of how to show them', async () => {
    const attributes = '* diff=shown\n*.lock -diff\n';
    const from = repository.commit({ '.gitattributes': attributes, 'a.lock': '1\n', b: '1\n' });
    const to = repository.commit({ 'a.lock': '2\n', b: '2\n' });
    expect(await between(from, to)).toEqual([
      { path: 'a.lock', added: 1, removed: 1 },
      { path: 'b', added: 1, removed: 1 },
    ]);
  });

  it('of a commit that is not there are not known', async () => {
    const from = repository.commit({ a: '1' });
    await expect(between(from, 'f'.repeat(40))).rejects.toMatchObject({ code: 'GIT_NOT_FOUND' });
  });
});
