import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readImage } from '../../../activities/images/read-image.js';
import { debian, dockerSave, dpkgStatus, npmPackage, ociLayout, sha256, writeImage } from './make-image.js';
import { type MadeEntry, makeTar, paxEntry } from './make-tar.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images '));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string, content = 'x'): MadeEntry => ({ name, content });
const readLayers = async (...layers: MadeEntry[][]) => readImage(await writeImage(folder, { layers }));
const named = (packages: readonly { name: string; version: string }[]) =>
  packages.map(({ name, version }) => `${name} ${version}`);

describe('the packages of an image', () => {
  it('are those of dpkg, with the source that advisories name', async () => {
    const { inventory } = await readLayers([
      debian,
      dpkgStatus('libssl3 3.0.11-1 openssl', 'bash 5.2.15-2+b7 bash (5.2.15-2)'),
    ]);
    expect(inventory.operatingSystem).toMatchObject({ id: 'debian', version: '12' });
    expect(inventory.packages).toEqual([
      expect.objectContaining({
        ecosystem: 'Debian:12',
        name: 'bash',
        version: '5.2.15-2+b7',
        source: { name: 'bash', version: '5.2.15-2' },
      }),
      expect.objectContaining({
        name: 'libssl3',
        source: { name: 'openssl', version: '3.0.11-1' },
        architecture: 'amd64',
      }),
    ]);
    expect(inventory.gaps).toEqual([]);
  });

  it('do not include what dpkg has removed', async () => {
    const status = {
      name: 'var/lib/dpkg/status',
      content:
        'Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n\nPackage: never\nStatus: purge ok not-installed\nVersion: 1\n',
    };
    expect((await readLayers([debian, status])).inventory.packages).toEqual([]);
  });

  it('are those of an image without a shell, one file each', async () => {
    const { inventory } = await readLayers([
      { name: 'usr/lib/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
      file('var/lib/dpkg/status.d/base', 'Package: base-files\nVersion: 12.4\n'),
      file('var/lib/dpkg/status.d/base.md5sums', 'abc  etc/x\n'),
    ]);
    expect(named(inventory.packages)).toEqual(['base-files 12.4']);
    expect(inventory.gaps).toEqual([]);
  });

  it('are those of apk, also where lib is a link', async () => {
    const { inventory } = await readLayers([
      { name: 'lib', type: '2', target: 'usr/lib' },
      file('etc/os-release', 'ID=alpine\nVERSION_ID=3.20.3\n'),
      file(
        'usr/lib/apk/db/installed',
        'C:Q1abc=\nP:libcrypto3\nV:3.3.2-r0\nA:x86_64\no:openssl\nF:lib\n\nP:musl\nV:1.2.5-r0\n',
      ),
    ]);
    expect(inventory.packages).toMatchObject([
      { ecosystem: 'Alpine:v3.20', name: 'libcrypto3', source: { name: 'openssl' } },
      { name: 'musl', source: { name: 'musl' } },
    ]);
    expect(inventory.gaps).toEqual([]);
  });

  it('are those of Python and npm, and what a lock says is bundled', async () => {
    const lock = {
      packages: {
        '': { name: 'app' },
        'node_modules/zod': { version: '4.0.0' },
        'node_modules/vitest': { version: '4.0.0', dev: true },
        'node_modules/hono': { version: '4.1.0' },
      },
    };
    const { inventory } = await readLayers([
      file(
        'usr/lib/python3/site-packages/Jinja_2-3.1.dist-info/METADATA',
        'Metadata-Version: 2.1\nName: Jinja_2\nVersion: 3.1\n\nA text with\nName: other\n',
      ),
      npmPackage('hono', '4.1.0'),
      npmPackage('@scope/deep', '1.0.0', 'app/node_modules/hono'),
      file('app/package-lock.json', JSON.stringify(lock)),
      file('app/node_modules/hono/test/package.json', '{"name":"not-installed","version":"1.0.0"}'),
    ]);
    expect(named(inventory.packages)).toEqual([
      'jinja-2 3.1',
      '@scope/deep 1.0.0',
      'hono 4.1.0',
      'zod 4.0.0',
    ]);
  });

  it('are read to the end of long names', async () => {
    const long = `app/node_modules/${'d'.repeat(90)}/node_modules/deep/package.json`;
    const { inventory } = await readLayers([
      paxEntry({ path: long }),
      file('short', '{"name":"deep","version":"1.0.0"}'),
    ]);
    expect(inventory.packages).toMatchObject([{ name: 'deep', place: long }]);
  });
});

describe('what cannot be read is a gap, and never an absence', () => {
  it.each<[string, MadeEntry[], RegExp]>([
    [
      'a database that is a link',
      [{ name: 'var/lib/dpkg/status', type: '2', target: '/tmp/empty' }],
      /status is a link/,
    ],
    ['a database behind a link', [{ name: 'var', type: '2', target: 'data' }], /behind the link \/var/],
    [
      'a folder of databases that is a link',
      [{ name: 'var/lib/dpkg/status.d', type: '2', target: '/x' }],
      /status\.d is behind the link/,
    ],
    [
      'modules under another name',
      [{ name: 'app/node_modules', type: '2', target: '../deps' }],
      /node_modules is a link to a folder of another name/,
    ],
    [
      'a package that is a second name',
      [{ name: 'app/node_modules/a/package.json', type: '1', target: 'b' }],
      /is a hard-link/,
    ],
    ['a package.json that is broken', [file('app/node_modules/a/package.json', '{')], /is no JSON object/],
    [
      'a lock of the first kind',
      [file('app/package-lock.json', '{"lockfileVersion":1,"dependencies":{}}')],
      /has no packages/,
    ],
    [
      'metadata without a version',
      [file('x/a.dist-info/METADATA', 'Name: a\n')],
      /names no package, or no version/,
    ],
    [
      'a model that is a second name',
      [{ name: 'm/model.onnx', type: '1', target: 'b' }],
      /model\.onnx is a hard-link/,
    ],
  ])('%s', async (_, entries, gap) => {
    const { inventory } = await readLayers([debian, ...entries]);
    expect(inventory.gaps).toEqual([expect.stringMatching(gap)]);
  });

  it('packages of a system that the image does not name', async () => {
    const { inventory } = await readLayers([dpkgStatus('bash 5.2-1')]);
    expect(inventory.packages).toEqual([]);
    expect(inventory.gaps).toEqual([expect.stringMatching(/that the image does not name/)]);
  });
});

describe('layers', () => {
  it('lie over one another: the last has its say, and what is deleted is gone', async () => {
    const { inventory, files } = await readLayers(
      [
        debian,
        dpkgStatus('bash 1', 'curl 1'),
        npmPackage('left', '1.0.0'),
        npmPackage('right', '1.0.0'),
        file('cache/a'),
        file('cache/b'),
      ],
      [
        dpkgStatus('bash 2'),
        file('app/node_modules/.wh.left', ''),
        file('cache/.wh..wh..opq', ''),
        file('cache/c'),
      ],
      [npmPackage('left', '2.0.0')],
    );
    expect(named(inventory.packages)).toEqual(['bash 2', 'left 2.0.0', 'right 1.0.0']);
    expect(files.map(({ path }) => path).filter((path) => path.startsWith('cache'))).toEqual(['cache/c']);
  });

  it('delete only what lower ones have, in whichever order they say so', async () => {
    const { files } = await readLayers(
      [file('a/old'), file('b/old')],
      [file('a/new'), file('.wh.a', ''), file('b/.wh..wh..opq', ''), file('b/new')],
    );
    expect(files.map(({ path }) => path)).toEqual(['a/new', 'b/new']);
  });

  it('turn a folder into a file, and everything in it is gone', async () => {
    const { files } = await readLayers([file('a/b/c')], [file('a', 'now a file')]);
    expect(files.map(({ path, kind }) => [path, kind])).toEqual([['a', 'file']]);
  });

  it('keep their secrets, although a later one deletes the file', async () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n';
    const { secrets } = await readLayers(
      [file('root/.ssh/id_ed25519', key)],
      [file('root/.ssh/.wh.id_ed25519', '')],
    );
    expect(secrets).toEqual([
      expect.objectContaining({
        id: 'private-key',
        place: 'root/.ssh/id_ed25519',
        text: expect.stringMatching(/a later layer deletes the file/),
      }),
    ]);
    expect(JSON.stringify(secrets)).not.toContain('b3Blbn');
  });
});

describe('an archive', () => {
  const layers = [
    [debian, dpkgStatus('bash 5.2-1')],
    [file('app/model.onnx', 'weights'), file('app/big', 'x'.repeat(200_000))],
  ];

  it('gives the same image in both formats, as a tar file and as a folder', async () => {
    const saved = await readImage(await writeImage(folder, dockerSave({ layers })));
    const path = await writeImage(folder, ociLayout({ layers }), 'oci.tar');
    const layout = await readImage(path);
    const root = join(folder, 'layout');
    mkdirSync(root);
    execFileSync('tar', ['-xf', path, '-C', root]);
    const unpacked = await readImage(root);
    expect(layout.manifest.imageDigest).toBe(saved.manifest.imageDigest);
    expect(layout.manifest.manifestDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(saved.manifest.manifestDigest).toBeNull();
    for (const { inventory, files } of [layout, unpacked])
      expect({ inventory, files }).toEqual({ inventory: saved.inventory, files: saved.files });
    expect(unpacked.manifest).toEqual(layout.manifest);
  });

  it('names its models by digest', async () => {
    const { inventory } = await readLayers(...layers);
    expect(inventory.models).toEqual([{ place: 'app/model.onnx', sha256: sha256('weights'), bytes: 7 }]);
  });

  it('may write a layer that is there twice as a link to the other, as engines of version 20 do', async () => {
    const layer = makeTar([file('a')]);
    const [one, two] = [`${'1'.repeat(64)}/layer.tar`, `${'2'.repeat(64)}/layer.tar`];
    const diffs = [`sha256:${sha256(layer)}`, `sha256:${sha256(layer)}`];
    const archive = makeTar([
      { name: two, type: '2', target: `../${one}` },
      { name: one, content: layer },
      {
        name: 'c.json',
        content: JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { diff_ids: diffs } }),
      },
      { name: 'manifest.json', content: JSON.stringify([{ Config: 'c.json', Layers: [one, two] }]) },
    ]);
    expect((await readImage(await writeImage(folder, archive))).files).toMatchObject([{ path: 'a' }]);
  });

  it('of GNU tar reads as it does for tar itself', async () => {
    const root = join(folder, 'files');
    mkdirSync(join(root, 'd'.repeat(75), 'e'.repeat(75)), { recursive: true });
    execFileSync('sh', [
      '-c',
      'echo hi > "$0/$(printf "d%.0s" $(seq 75))/$(printf "e%.0s" $(seq 75))/f"; chmod 4755 "$0"/d*/e*/f; ln -s f "$0"/link',
      root,
    ]);
    for (const format of ['gnu', 'pax', 'ustar']) {
      const layer = execFileSync('tar', ['--format', format, '-C', root, '-cf', '-', '.']);
      const { files } = await readImage(await writeImage(folder, imageOf(layer)));
      expect(files.filter(({ kind }) => kind !== 'folder')).toMatchObject([
        { path: `${'d'.repeat(75)}/${'e'.repeat(75)}/f`, mode: 0o4755, bytes: 3 },
        { path: 'link', kind: 'link', target: 'f' },
      ]);
    }
  });
});

/** An image of one layer that was made elsewhere. */
function imageOf(layer: Buffer): Buffer {
  const rootfs = { diff_ids: [`sha256:${sha256(layer)}`] };
  return makeTar([
    { name: 'layer.tar', content: layer },
    { name: 'config.json', content: JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs }) },
    { name: 'manifest.json', content: JSON.stringify([{ Config: 'config.json', Layers: ['layer.tar'] }]) },
  ]);
}
