import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { connect } from 'node:net';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../package-root.js';
import type { StackPaths } from '../stack-paths.js';
import { stackStatus } from '../stack-status.js';
import { type Finding, missing, ok, weak } from './finding.js';

const gibibyte = 1024 ** 3;

/** Room on the disk, memory, and whether the code is built. */
export function machineFindings(paths: StackPaths): readonly Finding[] {
  return [disk(paths.state), memory(), build()];
}

function disk(folder: string): Finding {
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  const { bavail, bsize } = statfsSync(there);
  const free = (bavail * bsize) / gibibyte;
  const found = `${free.toFixed(1)} GiB free at ${there}`;
  if (free >= 5) return ok('disk', found);
  const mend = 'free some space, or put the state elsewhere with --state-dir';
  return free >= 1 ? weak('disk', found, mend) : missing('disk', found, mend);
}

function memory(): Finding {
  const found = `${(totalmem() / gibibyte).toFixed(1)} GiB`;
  if (totalmem() >= 3 * gibibyte) return ok('memory', found);
  return weak('memory', found, 'the stack takes about 1 GiB, and a training what it needs beside');
}

function build(): Finding {
  const id = join(packageRoot(), 'dist', '.build-id');
  if (existsSync(id)) return ok('build', readFileSync(id, 'utf8').slice(0, 12));
  return missing('build', `no ${dirname(id)}`, 'npm run build');
}

/** Whether each part of a running stack answers at its address. */
export async function reachFindings(paths: StackPaths): Promise<readonly Finding[]> {
  const status = stackStatus(paths.state);
  if (status.state !== 'ready') {
    const found = status.state === 'none' ? 'has not run here' : status.state;
    return [
      status.state === 'crashed' ? weak('stack', found, 'ratchet up, or ratchet down') : ok('stack', found),
    ];
  }
  return Promise.all(
    status.parts.map(async ({ name, address, state }) => {
      const label = `${name} answers`;
      if (await accepts(address)) return ok(label, address);
      return missing(label, `${address} does not (${state})`, `see ${join(paths.logs, `${name}.log`)}`);
    }),
  );
}

function accepts(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address.includes('://') ? address : `tcp://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 2000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
