import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyStateFolder } from '../../../stack/fresh-state.js';
import { makeStateFolder } from '../../../stack/state-folder.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fresh state '));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('emptyStateFolder', () => {
  it('removes what a stack keeps, and leaves logs, the toolchain and a stack within', () => {
    makeStateFolder(folder);
    for (const name of ['toolchain', 'temporal', 'demo', 'work']) mkdirSync(join(folder, name));
    for (const name of ['stack.json', 'token', 'demo/stack.json']) writeFileSync(join(folder, name), '');
    emptyStateFolder(folder);
    expect(readdirSync(folder).toSorted()).toEqual(['demo', 'logs', 'toolchain']);
  });

  it('does not touch a folder with files that no stack has made', () => {
    writeFileSync(join(folder, 'thesis.tex'), '');
    expect(() => emptyStateFolder(folder)).toThrow('it is not emptied');
    expect(existsSync(join(folder, 'thesis.tex'))).toBe(true);
  });

  it('has nothing to do in a new folder', () => {
    makeStateFolder(folder);
    emptyStateFolder(folder);
    emptyStateFolder(join(folder, 'not there'));
    expect(readdirSync(folder)).toEqual(['logs']);
  });
});
