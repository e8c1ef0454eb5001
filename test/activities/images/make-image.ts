import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type MadeEntry, makeTar } from './make-tar.js';

export interface MadeImage {
  readonly layers: readonly (readonly MadeEntry[])[];
  /** `config` of the configuration. */
  readonly config?: object;
  readonly history?: readonly string[];
  /** Changes bytes of a layer after its digest was taken. */
  readonly tamper?: (layer: Buffer) => Buffer;
}

/** An image that has nothing a policy could mind: a base by digest, a user, a health check. */
export const goodConfig = {
  User: '1000',
  Cmd: ['node', 'main.js'],
  Healthcheck: { Test: ['CMD', 'true'] },
  Labels: {
    'org.opencontainers.image.base.name': 'registry.example/base:1',
    'org.opencontainers.image.base.digest': `sha256:${'b'.repeat(64)}`,
  },
};

export const debian: MadeEntry = {
  name: 'etc/os-release',
  content:
    'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
};

/** A dpkg status file of some packages, each `name version` or `name version source (version)`. */
export function dpkgStatus(...packages: readonly string[]): MadeEntry {
  const content = packages
    .map((text) => {
      const [name, version, ...source] = text.split(' ');
      const from = source.length === 0 ? '' : `Source: ${source.join(' ')}\n`;
      return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\n${from}Version: ${version}\nDescription: a package\n of some lines\n`;
    })
    .join('\n');
  return { name: 'var/lib/dpkg/status', content };
}

export const npmPackage = (name: string, version: string, folder = 'app'): MadeEntry => ({
  name: `${folder}/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version }),
});

/** The same image as `docker save` of an engine of version 20 writes it. */
export function dockerSave(image: MadeImage, changed: readonly MadeEntry[] = []): Buffer {
  const { layers, config } = partsOf(image);
  const configName = `${sha256(config)}.json`;
  const folders = layers.map((layer, at) => `${sha256(`${at} ${sha256(layer)}`)}/layer.tar`);
  const manifest = [{ Config: configName, RepoTags: ['app:1'], Layers: folders }];
  return makeTar([
    ...layers.map((content, at) => ({
      name: folders[at] ?? '',
      content: image.tamper?.(content) ?? content,
    })),
    { name: configName, content: config },
    { name: 'manifest.json', content: JSON.stringify(manifest) },
    ...changed,
  ]);
}

/** The same image as an OCI layout, with packed layers. */
export function ociLayout(image: MadeImage): Buffer {
  const { layers, config } = partsOf(image);
  const packed = layers.map((layer) => gzipSync(layer));
  const descriptor = (mediaType: string, bytes: Buffer) => ({
    mediaType,
    digest: `sha256:${sha256(bytes)}`,
    size: bytes.length,
  });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      config: descriptor('application/vnd.oci.image.config.v1+json', config),
      layers: packed.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar+gzip', layer)),
    }),
  );
  const index = {
    schemaVersion: 2,
    manifests: [descriptor('application/vnd.oci.image.manifest.v1+json', manifest)],
  };
  return makeTar([
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', content: JSON.stringify(index) },
    ...[manifest, config, ...packed].map((content) => ({ name: `blobs/sha256/${sha256(content)}`, content })),
  ]);
}

/** Writes a made image to a file, and gives its path. */
export async function writeImage(
  folder: string,
  image: MadeImage | Buffer,
  name = 'image.tar',
): Promise<string> {
  const path = `${folder}/${name}`;
  await writeFile(path, Buffer.isBuffer(image) ? image : dockerSave(image));
  return path;
}

function partsOf({ layers: entries, config = goodConfig, history = [] }: MadeImage) {
  const layers = entries.map((layer) => makeTar(layer));
  const text = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(layer)}`) },
    history: history.map((command) => ({ created_by: command })),
  });
  return { layers, config: Buffer.from(text) };
}

export const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
