import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectOutputs, withOutput } from '../../../../activities/adapters/launcher/outputs.js';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'ratchet outputs '));
  folder = join(base, 'output');
  await mkdir(join(folder, 'checkpoints', 'epoch 1'), { recursive: true });
  await writeFile(join(folder, 'model.onnx'), 'model');
  await writeFile(join(folder, 'checkpoints', 'epoch 1', 'weights'), 'weights');
  await writeFile(join(base, 'secret'), 'secret');
});
afterEach(() => rm(base, { recursive: true, force: true }));

const text = (path: string) => readFile(path, 'utf8');

describe('withOutput', () => {
  it('lends a file and its size', async () => {
    expect(await withOutput(folder, 'checkpoints/epoch 1/weights', text)).toBe('weights');
    expect(await withOutput(folder, 'model.onnx', async (_, size) => size)).toBe(5);
  });

  it('stays with the file that was checked, whatever takes its name', async () => {
    const read = withOutput(folder, 'model.onnx', async (path) => {
      await rename(join(folder, 'model.onnx'), join(folder, 'moved'));
      await symlink(join(base, 'secret'), join(folder, 'model.onnx'));
      return text(path);
    });
    expect(await read).toBe('model');
  });

  it('says that a file is missing', async () => {
    await expect(withOutput(folder, 'none', text)).rejects.toMatchObject({ code: 'OUTPUT_MISSING' });
  });

  it.each(['', '/etc/passwd', '../secret', 'checkpoints/../../secret', './model.onnx', 'a\0b'])(
    'refuses the name %j',
    async (name) => {
      await expect(withOutput(folder, name, text)).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    },
  );

  it('refuses links, files with two names, pipes, folders and what is too large', async () => {
    await symlink(join(base, 'secret'), join(folder, 'link'));
    await symlink(base, join(folder, 'way'));
    await link(join(base, 'secret'), join(folder, 'hard'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const name of ['link', 'way/secret', 'hard', 'pipe', 'checkpoints']) {
      await expect(withOutput(folder, name, text), name).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    }
    await expect(withOutput(folder, 'model.onnx', text, 4)).rejects.toThrow(
      'has 5 bytes, at most 4 are allowed',
    );
  });
});

describe('collectOutputs', () => {
  it('lists files by name, and nothing for an empty folder', async () => {
    const names = (await collectOutputs(folder)).map(({ name, sizeBytes }) => [name, sizeBytes]);
    expect(names).toEqual([
      ['checkpoints/epoch 1/weights', 7],
      ['model.onnx', 5],
    ]);
    await mkdir(join(base, 'empty'));
    expect(await collectOutputs(join(base, 'empty'))).toEqual([]);
  });

  it('passes over a link that stays in the folder', async () => {
    await symlink('epoch 1', join(folder, 'checkpoints', 'latest'));
    expect(await collectOutputs(folder)).toHaveLength(2);
  });

  it('refuses a link that leaves it, one that leads nowhere, and too many files', async () => {
    await symlink('../../secret', join(folder, 'checkpoints', 'latest'));
    await expect(collectOutputs(folder)).rejects.toMatchObject({ details: { name: 'checkpoints/latest' } });
    await rm(join(folder, 'checkpoints', 'latest'));
    await symlink('nowhere', join(folder, 'lost'));
    await expect(collectOutputs(folder)).rejects.toMatchObject({ code: 'OUTPUT_INVALID' });
    await rm(join(folder, 'lost'));
    await expect(collectOutputs(folder, { maxBytes: 100, maxFiles: 1 })).rejects.toThrow(
      'the most that is taken',
    );
  });
});
