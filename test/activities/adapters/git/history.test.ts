import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGit } from '../../../../activities/adapters/git/create-git.js';
import { ScratchRepository } from './scratch-repository.js';

let repository: ScratchRepository;
beforeEach(() => {
  repository = new ScratchRepository();
});
afterEach(() => repository.remove());

const open = () =>
  createGit({
    allowedHosts: [],
    allowLocal: true,
    maxBytes: 50_000_000,
    maxFiles: 1000,
    timeoutMs: 20_000,
    cacheDir: join(repository.root, 'cache'),
  });
const idsOf = async (range: Parameters<ReturnType<typeof open>['history']>[1], git = open()) =>
  (await git.history(repository.path, range)).map(({ id }) => id).sort();

describe('the history between two commits', () => {
  it('says who wrote, committed and helped', async () => {
    const first = repository.commit({ a: '1' });
    const trailers = 'Co-authored-by: Cy <cy@example.org>\nCo-Authored-By: Dee <dee@example.org>';
    const id = repository.commit({ a: '2' }, `Second\n\nWhy.\n\n${trailers}\nCo-authored-by: nobody`);
    expect(await open().history(repository.path, { from: first, to: id })).toEqual([
      {
        id,
        author: { name: 'Ada', email: 'ada@example.org' },
        committer: { name: 'Bob', email: 'bob@example.org' },
        coAuthors: [
          { name: 'Cy', email: 'cy@example.org' },
          { name: 'Dee', email: 'dee@example.org' },
          { name: 'nobody', email: '' },
        ],
      },
    ]);
  });

  it('is all that led to a commit where there is none to begin from, also after it was read without', async () => {
    const ids = ['1', '2', '3'].map((text) => repository.commit({ a: text }));
    const git = open();
    const [, , last = ''] = ids;
    expect(await git.readFile(repository.path, last, 'a')).toBe('3');
    expect(await idsOf({ from: null, to: last }, git)).toEqual([...ids].sort());
  });

  it('has both sides: what came and what was taken back', async () => {
    const base = repository.commit({ a: '1' });
    const champion = repository.commit({ a: '2' });
    repository.git('reset', '--quiet', '--hard', base);
    const candidate = repository.commit({ a: '3' });
    repository.git('branch', 'kept', champion);
    expect(await idsOf({ from: champion, to: candidate })).toEqual([champion, candidate].sort());
    expect(await idsOf({ from: champion, to: base })).toEqual([champion]);
    expect(await idsOf({ from: base, to: base })).toEqual([]);
  });

  it('has a merge and what it brought', async () => {
    const base = repository.commit({ a: '1' });
    repository.git('checkout', '--quiet', '-b', 'side');
    const side = repository.commit({ b: '1' });
    repository.git('checkout', '--quiet', 'main');
    const main = repository.commit({ a: '2' });
    repository.git('merge', '--quiet', '--no-ff', '-m', 'Merge', 'side');
    const merge = repository.git('rev-parse', 'HEAD');
    expect(await idsOf({ from: base, to: merge })).toEqual([side, main, merge].sort());
  });

  it('can be asked for files of a name, in any folder', async () => {
    const base = repository.commit({ 'x/policy.yaml': '1', code: '1' });
    const policy = repository.commit({ 'x/policy.yaml': '2' });
    const code = repository.commit({ code: '2', 'x/not-policy.yaml': '1' });
    const root = repository.commit({ 'policy.yaml': '1' });
    expect(await idsOf({ from: base, to: root, touching: { files: ['policy.yaml'] } })).toEqual(
      [policy, root].sort(),
    );
    expect(await idsOf({ from: base, to: root })).toHaveLength(3);
    expect(await idsOf({ from: policy, to: code, touching: { files: ['policy.yaml'] } })).toEqual([]);
  });

  it('can be asked for folders beside, each from the root and without a pattern in it', async () => {
    const base = repository.commit({ 'checks/size.sh': '1', 'checks*/other.sh': '1', 'x/checks/y': '1' });
    const program = repository.commit({ 'checks/deep/size.sh': '2' });
    const others = repository.commit({ 'x/checks/y': '2', checks2: '1' });
    const starred = repository.commit({ 'checks*/other.sh': '2' });
    const touching = (...folders: string[]) =>
      idsOf({ from: base, to: starred, touching: { files: [], folders } });
    expect(await touching('checks/')).toEqual([program]);
    expect(await touching('checks*')).toEqual([starred]);
    expect(await touching('checks', 'x')).toEqual([program, others].sort());
    await expect(touching('../checks')).rejects.toMatchObject({ code: 'GIT_REFUSED' });
  });

  it('tells where a commit is gone', async () => {
    const id = repository.commit({ a: '1' });
    const gone = open().history(repository.path, { from: 'a'.repeat(40), to: id });
    await expect(gone).rejects.toMatchObject({ code: 'GIT_NOT_FOUND' });
    await expect(open().history(repository.path, { from: '--all', to: id })).rejects.toMatchObject({
      code: 'GIT_REFUSED',
    });
  });
});
