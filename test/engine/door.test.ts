import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { predictOne } from '../conformance/deployment-target.js';
import { packageRoot } from './engine-room.js';

const program = join(packageRoot, 'activities/adapters/docker-target/door.cjs');
/** Listens, and takes no connection: when two are in its queue, the kernel says nothing to a third. */
const deafProgram = `
  require('node:net').createServer().listen({ host: '127.0.0.3', port: Number(process.argv[1]), backlog: 1 }, () => {
    require('node:fs').writeSync(1, 'listens');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

let folder: string;
let replica: Server;
let port: number;
const children: ChildProcess[] = [];
const queued: Socket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-'));
  replica = createServer((_, response) => response.end('{"predictions":[11]}'));
  await once(replica.listen(0, '127.0.0.2'), 'listening');
  ({ port } = replica.address() as AddressInfo);
});
afterEach(async () => {
  for (const socket of queued.splice(0)) socket.destroy();
  for (const child of children.splice(0)) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  replica.close();
  await rm(folder, { recursive: true });
});

it('goes on to the next replica where one neither takes a connection nor refuses it', async () => {
  await deafReplica();
  await door(['127.0.0.3', '127.0.0.2']);
  expect(await predictOne(`http://127.0.0.1:${port}`)).toEqual({ status: 200, answer: 11 });
});

async function door(backends: readonly string[]): Promise<void> {
  const file = join(folder, 'live.json');
  await writeFile(file, JSON.stringify({ backends }));
  const doors = JSON.stringify([{ host: '127.0.0.1', port, isSpread: false }]);
  start([program, file], { RATCHET_DOORS: doors });
  await expect.poll(() => isTaken('127.0.0.1'), { interval: 50 }).toBe(true);
}

async function deafReplica(): Promise<void> {
  const child = start(['-e', deafProgram, String(port)], {});
  await once(child.stdout ?? child, 'data');
  for (let at = 0; at < 2; at += 1) queued.push(connect(port, '127.0.0.3'));
  await Promise.all(queued.map((socket) => once(socket, 'connect')));
}

function start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function isTaken(host: string): Promise<boolean> {
  const socket = connect(port, host);
  queued.push(socket);
  return await once(socket, 'connect').then(
    () => true,
    () => false,
  );
}
