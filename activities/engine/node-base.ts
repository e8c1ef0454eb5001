import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRecords, sharedLibraries } from './shared-libraries.js';

/** The user that everything in an image runs as; it can log in nowhere. */
const files: Readonly<Record<string, string>> = {
  'etc/passwd': 'root:x:0:0:root:/:/sbin/nologin\nratchet:x:10001:10001:ratchet:/app:/sbin/nologin\n',
  'etc/group': 'root:x:0:\nratchet:x:10001:\n',
  'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
};

/**
 * Lays out a root file system that runs this very Node and nothing else: its program, the libraries that it and `addons`
 * (paths of native files) need of the machine, and what the machine's package database says of those. No shell, no
 * package manager, nothing that is setuid. Error: `PART_MISSING` without a library.
 */
export async function stageNodeBase(root: string, addons: readonly string[]): Promise<void> {
  const node = await realpath(process.execPath);
  const needed = await sharedLibraries([node, ...addons]);
  const places = new Set(addons.map((addon) => dirname(addon)));
  const libraries = needed.filter((path) => !places.has(dirname(path)));
  for (const folder of ['tmp', 'app', 'etc']) await mkdir(join(root, folder), { recursive: true });
  // Whatever is mounted over it gets its mode.
  await chmod(join(root, 'tmp'), 0o1777);
  await copyTo(node, join(root, 'usr/bin/node'));
  for (const library of libraries) await copyTo(library, join(root, library));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  if (existsSync('/etc/os-release')) await copyTo('/etc/os-release', join(root, 'etc/os-release'));
  const database = '/var/lib/dpkg/status';
  if (!existsSync(database)) return;
  await mkdir(join(root, dirname(database)), { recursive: true });
  await writeFile(join(root, database), await packageRecords(libraries, await readFile(database, 'utf8')));
}

async function copyTo(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await copyFile(source, target);
  // What the host may run is what the image may, and no more: a setuid bit stays behind.
  await chmod(target, 0o755);
}
