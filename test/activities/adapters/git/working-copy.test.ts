import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
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
const open = () => createGit({ ...limits, cacheDir: join(repository.root, 'cache') });
beforeEach(() => {
  repository = new ScratchRepository();
});
afterEach(() => repository.remove());

describe('a working copy', () => {
  const copy = () => join(repository.root, 'working copy');

  it('holds the files of the folder byte for byte, and no .git', async () => {
    const bytes = Buffer.from([0, 1, 2, 13, 10, 255]);
    const large = Buffer.alloc(3_000_000, 'x');
    repository.commit({
      '.gitattributes': 'b text eol=crlf ident\n* export-ignore\n',
      'm/a.bin': bytes,
      'm/deep/b': 'line\n$Id$',
      'm/large': large,
      other: '',
    });
    chmodSync(join(repository.path, 'm/deep/b'), 0o755);
    const id = repository.commit({});
    await open().checkOut(repository.path, id, 'm', copy());
    expect(readFileSync(join(copy(), 'a.bin')).equals(bytes)).toBe(true);
    expect(readFileSync(join(copy(), 'large')).equals(large)).toBe(true);
    expect(await readFile(join(copy(), 'deep/b'), 'utf8')).toBe('line\n$Id$');
    expect(statSync(join(copy(), 'deep/b')).mode & 0o111).not.toBe(0);
    expect(statSync(join(copy(), 'a.bin')).mode & 0o111).toBe(0);
    expect(readdirSync(copy()).sort()).toEqual(['a.bin', 'deep', 'large']);
  });

  it('of a small folder is made again without git, the same', async () => {
    repository.commit({ 'm/run.sh': '#!/bin/sh\n', 'm/deep/b': 'text' });
    chmodSync(join(repository.path, 'm/run.sh'), 0o755);
    const id = repository.commit({});
    const git = open();
    await git.checkOut(repository.path, id, 'm', copy());
    const mirror = readdirSync(join(repository.root, 'cache')).find((name) => name.endsWith('.git')) ?? '';
    await rm(join(repository.root, 'cache', mirror, 'objects'), { recursive: true });
    await git.checkOut(repository.path, id, 'm', `${copy()} 2`);
    expect(await readFile(join(`${copy()} 2`, 'deep/b'), 'utf8')).toBe('text');
    expect(statSync(join(`${copy()} 2`, 'run.sh')).mode & 0o111).not.toBe(0);
  });

  it('writes a link as a file that holds its target', async () => {
    symlinkSync('/etc/passwd', join(repository.path, 'link'));
    const id = repository.commit({ a: '1' });
    await open().checkOut(repository.path, id, '', copy());
    expect(lstatSync(join(copy(), 'link')).isFile()).toBe(true);
    expect(await readFile(join(copy(), 'link'), 'utf8')).toBe('/etc/passwd');
  });

  it('leaves submodules out', async () => {
    repository.commit({ a: '1' });
    const id = repository.commitTree([
      `160000 commit ${'1'.repeat(40)}\tsub`,
      `100644 blob ${repository.blob('x')}\ta`,
    ]);
    await open().checkOut(repository.path, id, '', copy());
    expect(readdirSync(copy())).toEqual(['a']);
  });

  it('may be of an empty tree', async () => {
    const id = repository.commit({});
    await open().checkOut(repository.path, id, '', copy());
    expect(readdirSync(copy())).toEqual([]);
  });

  it('is refused for a folder that is not there, is a file, or is taken', async () => {
    const id = repository.commit({ a: '1' });
    const git = open();
    await expect(git.checkOut(repository.path, id, 'none', copy())).rejects.toMatchObject({
      code: 'GIT_NOT_FOUND',
    });
    await expect(git.checkOut(repository.path, id, 'a', copy())).rejects.toMatchObject({
      code: 'GIT_NOT_FOUND',
    });
    await mkdir(copy());
    await writeFile(join(copy(), 'mine'), 'x');
    await expect(git.checkOut(repository.path, id, '', copy())).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readdirSync(copy())).toEqual(['mine']);
  });

  it('is made by several at once from one cold mirror', async () => {
    const id = repository.commit({ a: '1' });
    const git = open();
    const folders = Array.from({ length: 6 }, (_, index) => `${copy()} ${index}`);
    await Promise.all(folders.map((folder) => git.checkOut(repository.path, id, '', folder)));
    for (const folder of folders) expect(readdirSync(folder)).toEqual(['a']);
  });
});
