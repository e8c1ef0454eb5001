import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf } from '../../domain/errors/ratchet-error.js';
import { createFileSecrets } from '../../machine/file-secrets.js';

let folder: string;
const put = (name: string, value: string, mode = 0o600) => {
  writeFileSync(join(folder, name), value);
  chmodSync(join(folder, name), mode);
};
const read = (name: string) => createFileSecrets(folder).read(name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets in files', () => {
  it.each([
    ['value', 'value'],
    ['value\n', 'value'],
    ['value\r\n', 'value'],
    ['two\nlines\n\n', 'two\nlines\n'],
    [' spaced ', ' spaced '],
    ['ünïcode 🔑', 'ünïcode 🔑'],
  ])('gives %j as %j', async (text, value) => {
    put('a-1', text);
    expect(await read('a-1')).toBe(value);
  });

  it('takes a file that a group may read, and a link, as orchestrators mount them', async () => {
    put('target', 'value', 0o440);
    symlinkSync(join(folder, 'target'), join(folder, 'linked'));
    expect(await read('linked')).toBe('value');
  });

  it.each([0o604, 0o644, 0o666, 0o602])(
    'refuses the mode %o and says how to mend it, without the value',
    async (mode) => {
      put('open', 'hunter2', mode);
      const error: unknown = await read('open').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'SECRET_EXPOSED' });
      expect(messageOf(error)).toContain(`chmod 600 '${join(folder, 'open')}'`);
      expect(messageOf(error)).not.toContain('hunter2');
    },
  );

  it('names what is missing and where it belongs', async () => {
    mkdirSync(join(folder, 'a-folder'));
    put('empty', '\n');
    put('huge', 'x'.repeat(65 * 1024));
    for (const name of ['absent', 'a-folder', 'empty', 'huge']) {
      const missing = { code: 'SECRET_MISSING', details: { name, path: join(folder, name) } };
      await expect(read(name)).rejects.toMatchObject(missing);
    }
  });

  it.each(['', '../a', 'a/b', '/etc/passwd', 'A', '-a', 'a\0', 'a'.repeat(64), '.', 'ä'])(
    'does not look for a secret named %j',
    async (name) => {
      await expect(read(name)).rejects.toMatchObject({ code: 'NAME_INVALID' });
    },
  );
});
