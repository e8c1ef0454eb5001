import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLineClock } from '../../db/line-clock.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clock '));
  file = join(folder, 'clock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the clock of the lines', () => {
  it('is that of the machine where no file is named', () => {
    const before = Date.now();
    const at = Date.parse(openLineClock(undefined)());
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('is what the file says at that moment', () => {
    const clock = openLineClock(file);
    writeFileSync(file, '2013-04-29T02:00:00+02:00\n');
    expect(clock()).toBe('2013-04-29T00:00:00.000Z');
    writeFileSync(file, '2013-06-30T00:00:00Z');
    expect(clock()).toBe('2013-06-30T00:00:00.000Z');
  });

  it('is refused where the file is not there or holds no instant, and the machine does not stand in', () => {
    const clock = openLineClock(file);
    expect(clock).toThrow(`names ${file}, which cannot be read`);
    for (const text of ['', 'today', '2013-04-29', '2013-04-29T00:00:00']) {
      writeFileSync(file, text);
      expect(clock).toThrow(`holds ${JSON.stringify(text)}, allowed is an instant`);
    }
  });
});
