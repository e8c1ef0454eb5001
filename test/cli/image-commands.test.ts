import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { askAboutImage } from '../../machine/image-process.js';
import { debian, dpkgStatus, npmPackage, writeImage } from '../activities/images/make-image.js';
import { signedImage } from '../activities/images/signed-image.js';
import { runCommand } from './run-command.js';

const sample = join(import.meta.dirname, '../../examples/flight-delay/sample-advisories');
const layers = [[debian, dpkgStatus('bash 5.2-1')], [npmPackage('hono', '4.13.19')]];
const faulty = [...layers, [npmPackage('ratchet-sample-parser', '1.0.0')]];
const patient = 'version: 1\ndatabase: { oldest: 9000 days }\n';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images of a model '));
});
afterEach(() => rm(folder, { recursive: true }));

const image = (...words: string[]) => runCommand(['image', ...words]);

async function put(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('ratchet image scan', () => {
  it('passes an image that is in order, with 0', async () => {
    const archive = await writeImage(folder, { layers });
    const policy = await put('p.yaml', patient);
    const { exitCode, stdout, stderr } = await image(
      'scan',
      archive,
      '--database',
      sample,
      '--policy',
      policy,
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^image +sha256:[0-9a-f]{64}\npackages +2\nverdict +pass\n\nnothing was found\n/);
  });

  it('refuses one with a known vulnerability, with 3, the package and the fix', async () => {
    const archive = await writeImage(folder, { layers: faulty });
    const policy = await put('p.yaml', patient);
    const { exitCode, stdout, stderr } = await image(
      'scan',
      archive,
      '--database',
      sample,
      '--policy',
      policy,
    );
    expect([exitCode, stderr]).toEqual([3, 'IMAGE_REFUSED: the verdict is fail: vulnerabilities-critical\n']);
    expect(stdout).toMatch(/RATCHET-SAMPLE-2026-0001 +critical +ratchet-sample-parser 1\.0\.0 +1\.2\.0 /);
  });

  it('lets it stay by an exception, and names who answers for it', async () => {
    const archive = await writeImage(folder, { layers: faulty });
    const exception =
      '{ id: RATCHET-SAMPLE-2026-0001, owner: dana, reason: parses no numbers, until: 2099-01-01 }';
    const policy = await put('p.yaml', `${patient}exceptions: [${exception}]\n`);
    const { exitCode, stdout } = await image('scan', archive, '--database', sample, '--policy', policy);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/RATCHET-SAMPLE-2026-0001 +dana +2099-01-01/),
    ]);
  });

  it('without a database leaves the verdict open, with 3, and gives programs the same', async () => {
    const archive = await writeImage(folder, { layers });
    const { exitCode, json, stderr } = await image('scan', archive, '--json');
    expect([exitCode, json.verdict]).toEqual([3, 'inconclusive']);
    expect(stderr).toBe('IMAGE_REFUSED: the verdict is inconclusive: database\n');
  });

  it('tells what is wrong with an archive: hostile with 3, none with 2', async () => {
    const hostile = await image('scan', await writeImage(folder, { layers: [[{ name: '../\u001b[31mx' }]] }));
    expect([hostile.exitCode, hostile.stdout]).toEqual([3, '']);
    expect(hostile.stderr).toMatch(/^IMAGE_HOSTILE: the entry "\.\.\/\\x1b\[31mx" leads out of its folder/);
    expect(await image('scan', join(folder, 'nothing.tar'))).toMatchObject({ exitCode: 2 });
  });
});

describe('ratchet image verify', () => {
  it('takes an image with all its statements, and its bill of materials', async () => {
    const { archive, attestations, key, bom } = await signedImage(folder, { layers });
    const words = ['--attestations', attestations, '--key', key, '--bom', bom];
    const { exitCode, stdout } = await image('verify', archive, ...words);
    expect([exitCode, stdout.match(/ yes /g)]).toEqual([0, [' yes ', ' yes ', ' yes ', ' yes ']]);
  });

  it('refuses another image under the same statements, with 3, and names each', async () => {
    const { attestations, key } = await signedImage(folder, { layers });
    const swapped = await writeImage(folder, { layers: faulty }, 'swapped.tar');
    const { exitCode, stdout, stderr } = await image(
      'verify',
      swapped,
      '--attestations',
      attestations,
      '--key',
      key,
    );
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(
      /^IMAGE_REFUSED: 4 of 4 statements do not count: build: it is about another image/,
    );
    expect(stdout.match(/ no /g)).toHaveLength(4);
  });
});

it('an image that takes more memory than it may is refused, and the command lives', async () => {
  const archive = await writeImage(folder, { layers });
  const asked = askAboutImage(z.unknown(), { command: 'bom', archive }, { mostHeapMiB: 8 });
  await expect(asked).rejects.toMatchObject({
    code: 'IMAGE_HOSTILE',
    message: 'reading the image takes more than 8 MiB of memory, which is not allowed',
  });
});

it('a question that is not understood is a defect of ours, and is told', async () => {
  await expect(askAboutImage(z.unknown(), { command: 'run' })).rejects.toMatchObject({ code: 'INTERNAL' });
});

it('ratchet image bom prints the same CycloneDX document each time', async () => {
  const archive = await writeImage(folder, {
    layers: [...layers, [{ name: 'app/model.onnx', content: 'weights' }]],
  });
  const [first, second] = [await image('bom', archive), await image('bom', archive)];
  expect(first.stdout).toBe(second.stdout);
  expect(first.json).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  const names = first.json.components.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['debian', 'bash', 'hono', 'model.onnx']);
});
