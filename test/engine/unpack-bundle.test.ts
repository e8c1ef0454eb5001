import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackBundle } from '../../activities/engine/unpack-bundle.js';
import { writeTar } from '../../domain/archive/write-tar.js';
import { codeOf } from '../conformance/error-code.js';
import { type BundleEntry, bundleOf } from './bundle-of.js';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bundle-'));
  folder = join(home, 'into');
  mkdirSync(folder);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function unpack(bytes: Uint8Array): Promise<void> {
  writeFileSync(join(home, 'bundle.tar'), bytes);
  await unpackBundle(join(home, 'bundle.tar'), folder);
}

describe('the bundle of an application', () => {
  it('is unpacked as its files', async () => {
    const large = 'x'.repeat(3_000_000);
    const [content, nothing] = [Buffer.from(large), Buffer.alloc(0)];
    await unpack(
      writeTar([
        { name: 'a/b.js', content },
        { name: 'empty.js', content: nothing },
      ]),
    );
    expect(readFileSync(join(folder, 'a/b.js'), 'utf8')).toBe(large);
    expect(readFileSync(join(folder, 'empty.js'), 'utf8')).toBe('');
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'empty.js']);
  });

  it.each<[string, readonly BundleEntry[]]>([
    ['a name that leads out', [{ name: '../x', text: 'x' }]],
    ['a name that leads out from within', [{ name: 'a/../../x', text: 'x' }]],
    ['an absolute name', [{ name: '/etc/x', text: 'x' }]],
    ['a name with a backslash', [{ name: 'a\\x', text: 'x' }]],
    ['a link', [{ name: 'x', type: 'symlink', linkname: '/etc/passwd' }]],
    ['a hard link', [{ name: 'x', type: 'link', linkname: '/etc/passwd' }]],
    ['a folder', [{ name: 'x/', type: 'directory' }]],
    ['a device', [{ name: 'x', type: 'character-device' }]],
    [
      'a name twice',
      [
        { name: 'x', text: '1' },
        { name: 'x', text: '2' },
      ],
    ],
  ])('is refused with %s', async (_, entries) => {
    expect(await codeOf(unpack(await bundleOf(entries)))).toBe('APPLICATION_INVALID');
    expect(readdirSync(home).toSorted()).toEqual(['bundle.tar', 'into']);
  });

  it('is refused where it is cut off, or is no archive', async () => {
    const whole = await bundleOf([{ name: 'x', text: 'x'.repeat(4096) }]);
    expect(await codeOf(unpack(whole.subarray(0, 1500)))).toBe('APPLICATION_INVALID');
    expect(await codeOf(unpack(Buffer.from('no archive'.repeat(100))))).toBe('APPLICATION_INVALID');
  });

  it('is refused before it is read where it is larger than a gibibyte', async () => {
    const path = join(home, 'bundle.tar');
    writeFileSync(path, '');
    truncateSync(path, 1024 ** 3 + 1);
    await expect(unpackBundle(path, folder)).rejects.toMatchObject({
      code: 'APPLICATION_INVALID',
      message: expect.stringContaining('allowed are 1073741824'),
    });
  });
});
