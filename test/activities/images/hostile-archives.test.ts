import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../activities/images/layer-stream.js';
import { readImage } from '../../../activities/images/read-image.js';
import {
  debian,
  dockerSave,
  dpkgStatus,
  goodConfig,
  npmPackage,
  ociLayout,
  sha256,
  writeImage,
} from './make-image.js';
import { type MadeEntry, makeTar, paxEntry } from './make-tar.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile images '));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string, content = 'x'): MadeEntry => ({ name, content });
const link = (name: string, target: string): MadeEntry => ({ name, type: '2', target });

const readLayers = async (...layers: MadeEntry[][]) => readImage(await writeImage(folder, { layers }));
const readArchive = async (archive: Buffer) => readImage(await writeImage(folder, archive));
const hostile = (message: string | RegExp) => ({
  code: 'IMAGE_HOSTILE',
  message: expect.stringMatching(message),
});
const invalid = (message: string | RegExp) => ({
  code: 'IMAGE_INVALID',
  message: expect.stringMatching(message),
});

describe('a layer that would leave its folder is refused, by the name of the entry', () => {
  it.each([
    ['../etc/passwd', /"\.\.\/etc\/passwd" leads out/],
    ['app/../../etc/passwd', /leads out/],
    ['app/..', /leads out/],
    ['/etc/passwd', /"\/etc\/passwd" is absolute/],
    ['//etc/passwd', /is absolute/],
    [`${'a/'.repeat(45)}../..`, /leads out/],
  ])('%s', async (name, message) => {
    await expect(readLayers([file(name)])).rejects.toMatchObject(hostile(message));
  });

  it('also by the longer name that a pax or a GNU header gives it', async () => {
    const pax = [paxEntry({ path: '../../root/.ssh/authorized_keys' }), file('harmless')];
    const gnu = [{ name: 'long', type: 'L', content: '../../root/.bashrc\0' }, file('harmless')];
    await expect(readLayers(pax)).rejects.toMatchObject(hostile(/authorized_keys" leads out/));
    await expect(readLayers(gnu)).rejects.toMatchObject(hostile(/bashrc" leads out/));
  });

  it('through a link of its own layer, of a lower one, and through a chain of links', async () => {
    const through = hostile(/"out\/passwd" lies beneath a link/);
    await expect(readLayers([link('out', '/etc'), file('out/passwd')])).rejects.toMatchObject(through);
    await expect(readLayers([link('out', '../..')], [file('out/passwd')])).rejects.toMatchObject(through);
    const chain = [link('a', 'b'), link('b', '/'), file('a/etc/passwd')];
    await expect(readLayers(chain)).rejects.toMatchObject(hostile(/beneath a link/));
    const second = [{ name: 'a', type: '1', target: 'etc' }, file('a/passwd')];
    await expect(readLayers(second)).rejects.toMatchObject(hostile(/beneath a hard-link/));
  });
});

describe('a layer that two readers would read differently is refused', () => {
  it('with the same name twice, however it is spelled', async () => {
    const twice = hostile(/comes twice in one layer/);
    await expect(readLayers([file('a', '1'), file('a', '2')])).rejects.toMatchObject(twice);
    await expect(readLayers([file('app//a'), file('./app/./a')])).rejects.toMatchObject(twice);
    await expect(readLayers([file('a'), link('a', 'b')])).rejects.toMatchObject(twice);
  });

  it('with a file where its own layer has a folder', async () => {
    await expect(readLayers([file('a/b'), file('a')])).rejects.toMatchObject(hostile(/replaces a folder/));
    await expect(readLayers([file('a'), file('a/b')])).rejects.toMatchObject(hostile(/beneath a file/));
  });

  it('with content behind a link, a sparse file, or a type that nobody knows', async () => {
    const behind = [{ ...link('a', 'b'), content: 'hidden' }];
    await expect(readLayers(behind)).rejects.toMatchObject(hostile(/no file and has content/));
    await expect(readLayers([paxEntry({ 'GNU.sparse.major': '1' }), file('a')])).rejects.toMatchObject(
      hostile(/sparse/),
    );
    await expect(readLayers([{ name: 'a', type: 'S' }])).rejects.toMatchObject(hostile(/type "S"/));
    await expect(readLayers([paxEntry({ path: 'all' }, 'g'), file('a')])).rejects.toMatchObject(
      hostile(/every entry/),
    );
  });

  it('with files beneath the mark of a deleted one', async () => {
    await expect(readLayers([file('.wh.a/b')])).rejects.toMatchObject(hostile(/mark of a deleted file/));
  });
});

describe('two names that differ in case alone', () => {
  it('are two files, and both are looked at', async () => {
    const secret = '-----BEGIN PRIVATE KEY-----\nMIIE';
    const { files, secrets } = await readLayers([file('Key.pem', 'no'), file('key.pem', secret)]);
    expect(files.map(({ path }) => path)).toEqual(['Key.pem', 'key.pem']);
    expect(secrets.map(({ place }) => place)).toEqual(['key.pem']);
  });
});

describe('an image that is larger than may be is refused before it is read', () => {
  const zeros = Buffer.alloc(24 * 1024 * 1024);
  const limits = { ...defaultLimits, mostRatio: 100 };

  it('a layer that unpacks to a thousand times its size', async () => {
    const path = await writeImage(folder, ociLayout({ layers: [[file('zeros', zeros.toString('latin1'))]] }));
    await expect(readImage(path, limits)).rejects.toMatchObject(hostile(/more than 100 times its size/));
  });

  it('a layer of more bytes or more entries than may be', async () => {
    const path = await writeImage(folder, { layers: [[file('a', 'x'.repeat(4096)), file('b'), file('c')]] });
    await expect(readImage(path, { ...limits, mostBytes: 4096 })).rejects.toMatchObject(
      hostile(/more than 4096 bytes/),
    );
    await expect(readImage(path, { ...limits, mostEntries: 2 })).rejects.toMatchObject(
      hostile(/"c" is one of more than 2/),
    );
  });

  it('package files that would fill the memory', async () => {
    const path = await writeImage(folder, { layers: [[npmPackage('a', '1.0.0'), npmPackage('b', '1.0.0')]] });
    await expect(readImage(path, { ...limits, mostKept: 40 })).rejects.toMatchObject(
      hostile(/b\/package.json" is one of package files of more than 40 characters/),
    );
  });

  it('a file that says it has more bytes than there are', async () => {
    const archive = dockerSave({ layers: [[{ name: 'a', content: 'x', bytes: 7_000_000_000 }]] });
    await expect(readArchive(archive)).rejects.toMatchObject(invalid(/bytes too early/));
  });
});

describe('an archive that is not the image it says', () => {
  const layers = [[debian, dpkgStatus('bash 5.2-1')]];

  it('is refused where one byte of a layer or of the configuration is another', async () => {
    const changed = dockerSave({
      layers,
      tamper: (layer) => Buffer.from(layer.toString('latin1').replace('bash', 'dash'), 'latin1'),
    });
    await expect(readArchive(changed)).rejects.toMatchObject(
      hostile(/has the digest sha256:.* and the image says/),
    );
    const config = dockerSave({ layers }).toString('latin1').replace('"User":"1000"', '"User":"0000"');
    await expect(readArchive(Buffer.from(config, 'latin1'))).rejects.toMatchObject(hostile(/has the digest/));
  });

  it('is refused where its two manifests are about two images', async () => {
    const layout = ociLayout({ layers }).subarray(0, -1024);
    const archive = Buffer.concat([layout, dockerSave({ layers, config: { ...goodConfig, User: '7' } })]);
    await expect(readArchive(archive)).rejects.toMatchObject(hostile(/about different images/));
  });

  it('is refused where a file of its own comes twice, is a link, or a device', async () => {
    const image = { layers };
    await expect(readArchive(dockerSave(image, [file('manifest.json', '[]')]))).rejects.toMatchObject(
      hostile(/"manifest.json" comes twice/),
    );
    await expect(readArchive(dockerSave(image, [link('extra.json', '/etc/passwd')]))).rejects.toMatchObject(
      hostile(/"extra.json" is a link/),
    );
    await expect(readArchive(dockerSave(image, [{ name: 'tty', type: '3' }]))).rejects.toMatchObject(
      hostile(/is a device/),
    );
  });

  it('is refused where a layer is a link to anything but another layer, or to a link', async () => {
    const name = `${'a'.repeat(64)}/layer.tar`;
    for (const target of ['/etc/shadow', '../../etc/shadow', `../${'b'.repeat(64)}/layer.tar`])
      await expect(readArchive(dockerSave({ layers }, [link(name, target)]))).rejects.toMatchObject(
        hostile(/is a link/),
      );
  });

  it('is refused where a folder has a link for a file', async () => {
    const root = join(folder, 'layout');
    await mkdir(root);
    await writeFile(join(folder, 'elsewhere.json'), '[]');
    await symlink(join(folder, 'elsewhere.json'), join(root, 'manifest.json'));
    await expect(readImage(root)).rejects.toMatchObject(hostile(/"manifest.json" is no regular file/));
  });
});

describe('a file that is no image is named as such', () => {
  it.each([
    ['nothing', Buffer.alloc(0), /neither a manifest.json nor an index.json/],
    ['text', Buffer.from('hello '.repeat(200)), /not a tar file that can be read/],
    ['a tar file of something else', makeTar([file('readme')]), /neither a manifest.json nor an index.json/],
    ['a compressed archive', gzipSync(dockerSave({ layers: [] })), /compressed as a whole/],
    [
      'two images',
      makeTar([file('manifest.json', '[{"Config":"a","Layers":[]},{"Config":"b","Layers":[]}]')]),
      /holds 2 images/,
    ],
    ['a manifest of another shape', makeTar([file('manifest.json', '{"Config":7}')]), /manifest.json/],
    ['a manifest that is no JSON', makeTar([file('manifest.json', '{')]), /is no JSON/],
    [
      'a configuration that is not there',
      makeTar([file('manifest.json', '[{"Config":"a.json","Layers":[]}]')]),
      /has no file a.json/,
    ],
    [
      'an archive that ends within',
      dockerSave({ layers: [[file('a', 'x'.repeat(5000))]] }).subarray(0, 3000),
      /too early/,
    ],
  ])('%s', async (_, archive, message) => {
    await expect(readArchive(archive)).rejects.toMatchObject(invalid(message));
  });

  it('a path where nothing is', async () => {
    await expect(readImage(join(folder, 'nothing'))).rejects.toMatchObject(
      invalid(/no image can be read at/),
    );
  });

  it('a layer in a packing that is not read', async () => {
    const layer = Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(600)]);
    const archive = dockerSave({ layers: [[file('a')]], tamper: () => layer });
    await expect(readArchive(archive)).rejects.toMatchObject(invalid(/zstd/));
    expect(sha256(layer)).toHaveLength(64);
  });
});
