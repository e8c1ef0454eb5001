import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A package of a registry: its index.js, and what its package.json says beside name and version. */
export interface LocalPackage {
  readonly name: string;
  readonly code: string;
  readonly manifest?: object;
}

export interface LocalRegistry {
  readonly url: string;
  /** As a lock file names the packages; npm asks the registry of the machine where they are. */
  readonly locked: Readonly<Record<string, { readonly version: string; readonly integrity: string }>>;
  close(): Promise<void>;
}

/** A registry of npm on loopback that has these packages, each as version 1.0.0. */
export async function serveRegistry(
  folder: string,
  packages: readonly LocalPackage[],
): Promise<LocalRegistry> {
  const files = new Map(packages.map((one) => [one.name, pack(folder, one)]));
  const server = createServer((request, response) => {
    const name = request.url?.split('/')[1] ?? '';
    const file = files.get(name);
    if (file === undefined) response.writeHead(404).end('{}');
    else if (request.url?.endsWith('.tgz')) response.end(file.bytes);
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(told(name, file)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const told = (name: string, { integrity, manifest }: Packed) => {
    const dist = { integrity, tarball: `${url}/${name}/-/${name}-1.0.0.tgz` };
    return { name, 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': { ...manifest, dist } } };
  };
  return {
    url,
    locked: Object.fromEntries(
      [...files].map(([name, { integrity }]) => [name, { version: '1.0.0', integrity }] as const),
    ),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Packed {
  readonly bytes: Buffer;
  readonly integrity: string;
  readonly manifest: object;
}

function pack(parent: string, { name, code, manifest: more = {} }: LocalPackage): Packed {
  const manifest = { name, version: '1.0.0', type: 'module', main: 'index.js', ...more };
  const folder = join(parent, name, 'package');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'index.js'), code);
  const archive = join(parent, `${name}.tgz`);
  execFileSync('tar', ['-czf', archive, '-C', join(parent, name), 'package']);
  const bytes = readFileSync(archive);
  return { bytes, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`, manifest };
}
