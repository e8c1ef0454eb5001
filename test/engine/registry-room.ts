import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RegistryRoom {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  /** Status that it answers with when it is asked for a manifest. */
  manifest(repository: string, reference: string): Promise<number>;
  close(): Promise<void>;
}

/** A registry of images on loopback, as Debian packs it, with a folder of its own. */
export async function openRegistry(): Promise<RegistryRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'registry-'));
  const address = `127.0.0.1:${await freePort()}`;
  const file = join(folder, 'config.yml');
  const storage = { filesystem: { rootdirectory: join(folder, 'images') } };
  await writeFile(file, JSON.stringify({ version: 0.1, storage, http: { addr: address } }));
  const child = spawn('docker-registry', ['serve', file], { stdio: 'ignore' });
  await answering(address, child);
  return {
    address,
    async manifest(repository, reference) {
      const accept = 'application/vnd.docker.distribution.manifest.v2+json';
      const url = `http://${address}/v2/${repository}/manifests/${reference}`;
      return (await fetch(url, { headers: { accept } })).status;
    },
    async close() {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answering(address: string, child: ChildProcess): Promise<void> {
  const failed: unknown[] = [];
  child.once('error', (error) => failed.push(error));
  while (failed.length === 0 && child.exitCode === null) {
    const answer = await fetch(`http://${address}/v2/`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`the registry ended: ${failed[0] ?? child.exitCode}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  await new Promise((resolve) => server.close(resolve));
  return at !== null && typeof at === 'object' ? at.port : 0;
}
