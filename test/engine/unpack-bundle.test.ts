import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackBundle } from '../../activities/engine/unpack-bundle.js';
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
  it('is unpacked as files and folders', async () => {
    const large = 'x'.repeat(3_000_000);
    await unpack(
      await bundleOf([
        { name: 'a/', type: 'directory' },
        { name: './a/b.js', text: large },
        { name: 'empty.js' },
      ]),
    );
    expect(readFileSync(join(folder, 'a/b.js'), 'utf8')).toBe(large);
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'empty.js']);
  });

  it.each<[string, readonly BundleEntry[]]>([
    ['a name that leads out', [{ name: '../x', text: 'x' }]],
    ['a name that leads out from within', [{ name: 'a/../../x', text: 'x' }]],
    ['an absolute name', [{ name: '/etc/x', text: 'x' }]],
    ['a name with a backslash', [{ name: 'a\\x', text: 'x' }]],
    ['a link', [{ name: 'x', type: 'symlink', linkname: '/etc/passwd' }]],
    ['a hard link', [{ name: 'x', type: 'link', linkname: '/etc/passwd' }]],
    ['a device', [{ name: 'x', type: 'character-device' }]],
    [
      'a name twice',
      [
        { name: 'x', text: '1' },
        { name: './x', text: '2' },
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
});
