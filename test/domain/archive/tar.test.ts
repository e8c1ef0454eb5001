import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainName } from '../../../domain/archive/archive-file.js';
import { readTar } from '../../../domain/archive/read-tar.js';
import { writeTar } from '../../../domain/archive/write-tar.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (name: string, text = 'x') => ({ name, content: bytes(text) });
const name = fc
  .array(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('/'))
  .filter(isPlainName);

describe('an archive', () => {
  it('gives back what was put in, sorted', () => {
    const files = fc.uniqueArray(fc.record({ name, content: fc.uint8Array({ maxLength: 2000 }) }), {
      selector: (one) => one.name.normalize('NFC').toLowerCase(),
    });
    fc.assert(
      fc.property(files, (put) => {
        const sorted = [...put].sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(readTar(writeTar(put))).toEqual(sorted);
        expect(writeTar(put.toReversed())).toEqual(writeTar(put));
      }),
    );
  });

  it('is one that other programs read, long names included', () => {
    const long = `${'folder/'.repeat(30)}file.js`;
    const archive = writeTar([file('a.txt'), file(long)]);
    const listed = execFileSync('tar', ['-tvf', '-'], { input: archive, encoding: 'utf8' });
    expect(listed.split('\n').map((line) => line.split(' ').at(-1))).toEqual(['a.txt', long, '']);
    expect(listed).toContain('1970-01-01');
  });

  it.each(['../a', '/a', 'a/../b', 'a//b', './a', 'a\\b', 'a\nb', ''])(
    'is not written with the name %j',
    (bad) => {
      expect(() => writeTar([file(bad)])).toThrow('no plain name');
    },
  );

  const changed = (name_: string, change: (archive: Uint8Array) => void) => {
    const archive = writeTar([file(name_)]);
    change(archive);
    archive.set(bytes('        '), 148);
    const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    archive.set(bytes(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    return archive;
  };

  it.each<[string, Uint8Array, string]>([
    ['a name that leads out', changed('xx/a', (a) => a.set(bytes('../a'), 0)), 'not a plain path'],
    ['an absolute name', changed('xa', (a) => a.set(bytes('/a'), 0)), 'not a plain path'],
    ['a symbolic link', changed('a', (a) => a.set(bytes('2'), 156)), 'no regular file'],
    ['a hard link', changed('a', (a) => a.set(bytes('1'), 156)), 'no regular file'],
    ['a device', changed('a', (a) => a.set(bytes('3'), 156)), 'no regular file'],
    ['a folder', changed('a', (a) => a.set(bytes('5'), 156)), 'no regular file'],
    ['a size beyond its end', changed('a', (a) => a.set(bytes('77777777777'), 124)), 'breaks off'],
    ['a size that is no number', changed('a', (a) => a.set(bytes('-1'), 124)), 'no number'],
    ['a wrong sum', writeTar([file('a')]).map((byte, i) => (i === 0 ? 66 : byte)), 'wrong sum'],
    ['no end', writeTar([file('a')]).subarray(0, 1024), 'has no end'],
    ['nothing', new Uint8Array(), 'has no end'],
    ['a name twice', writeTar([file('a'), file('a')]), 'twice'],
    ['names that differ in case alone', writeTar([file('a'), file('A')]), 'twice'],
  ])('with %s is refused', (_, archive, words) => {
    expect(() => readTar(archive)).toThrowError(
      expect.objectContaining({ code: 'APPLICATION_INVALID', message: expect.stringContaining(words) }),
    );
  });

  it('of any bytes is read or refused, and breaks nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), (any) => {
        try {
          readTar(any);
        } catch (error) {
          expect(error).toMatchObject({ code: 'APPLICATION_INVALID' });
        }
      }),
    );
  });
});
