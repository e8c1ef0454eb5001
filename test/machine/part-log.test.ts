import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PartLog, tailOf } from '../../machine/part-log.js';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'part log '));
  path = join(folder, 'part.log');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('PartLog', () => {
  it('keeps at most two files of bounded size, the newest lines in the first', () => {
    const log = new PartLog(path);
    for (let line = 0; line < 14_000; line += 1) log.write(`${line} ${'x'.repeat(1000)}\n`);
    log.close();
    const sizes = [path, `${path}.1`].map((file) => statSync(file).size);
    expect(Math.max(...sizes)).toBeLessThan(5 * 1024 ** 2 + 2000);
    expect(tailOf(path, 1)).toMatch(/^13999 /);
  });

  it('goes on where an earlier process stopped', () => {
    for (const text of ['one\n', 'two\n']) {
      const log = new PartLog(path);
      log.write(text);
      log.close();
    }
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('leaves a line that comes after its end out of every file', () => {
    const log = new PartLog(path);
    log.write('one\n');
    log.close();
    const next = new PartLog(join(folder, 'next.log'));
    log.write('late\n');
    log.close();
    next.write('two\n');
    next.close();
    const texts = [path, next.path].map((file) => readFileSync(file, 'utf8'));
    expect(texts).toEqual(['one\n', 'two\n']);
  });

  it('writes three stars for a secret, and nobody else may read the file', () => {
    const log = new PartLog(path, ['canary', '']);
    log.write('a canary, a canary\n');
    log.close();
    expect(readFileSync(path, 'utf8')).toBe('a ***, a ***\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('tailOf', () => {
  it('is empty for a file that is not there', () => {
    expect(tailOf(path, 5)).toBe('');
  });
});
